//! A secret of any form, in any place and dress, is not kept; what is none stays.

mod forms;
mod harmless;
mod kept;
mod older;
mod places;

use forms::{FIELD_TEXTS, JOINTS, LABELS, Marks, PARAMETERS, TEXTS};
use places::{DRESSES, Dress, PLACES, Place, message, taken_in, undressed};
use proptest::prelude::*;
use refract_ledger::reading::{Labels, Message, read, redact};

use serde_json::Value;

use crate::random::Random;

/// A message that hides something.
pub(crate) struct Hiding {
    pub(crate) message: Message,
    /// As Discord sends it.
    pub(crate) json: Value,
    pub(crate) form: String,
    /// What hides it, as one text.
    pub(crate) text: String,
    pub(crate) hidden: Vec<String>,
}

/// One message for each form, in places and dresses that the seed chooses.
pub(crate) fn hiding(seed: u64) -> Vec<Hiding> {
    let random = &mut Random::new(seed);
    let mut all = Vec::new();
    for (labels, value) in LABELS {
        for label in labels.split(", ") {
            let (said, hidden) = Marks::new(random).value(value, random);
            all.push(labelled(label, &said, hidden, random));
        }
    }
    for text in TEXTS {
        let (said, hidden) = Marks::new(random).fill(text);
        all.push(unlabelled(text, &said, hidden, random));
    }
    for (label, text) in FIELD_TEXTS {
        let (said, hidden) = Marks::new(random).fill(text);
        let form = format!("{said:?} in the field {label}");
        let parts = message(Place::Field, (label, &said), &said);
        let text = format!("{label}: {said}");
        all.push(Hiding { message: taken_in(&parts), json: parts.0, form, text, hidden });
    }
    for parameter in PARAMETERS {
        let form = random
            .pick(&[
                "https://a.example/o?b=1&{k}={w}",
                "https://a.example/o?{k}={w}&b=1",
                "https://a.example/o#{k}={w}",
                "https://a.example/o;{k}={w}",
            ])
            .unwrap();
        let text = form.replace("{k}", parameter);
        let (said, hidden) = Marks::new(random).fill(&text);
        all.push(unlabelled(&text, &said, hidden, random));
    }
    all
}

fn labelled(label: &str, value: &str, hidden: Vec<String>, random: &mut Random) -> Hiding {
    let place = random.pick(&PLACES).unwrap();
    let (of_label, of_value) = (random.pick(&DRESSES).unwrap(), random.pick(&DRESSES).unwrap());
    let joint = random.pick(&JOINTS).unwrap();
    // What takes several lines begins below its label.
    let joint = if value.contains('\n') { ":\n" } else { joint };
    let (label, value) = (of_label.on(label), of_value.on(value));
    let text = format!("{label}{joint}{value}");
    let form = format!("{text:?} in {place:?}");
    let parts = message(place, (&label, &value), &text);
    Hiding { message: taken_in(&parts), json: parts.0, form, text, hidden }
}

fn unlabelled(form: &str, text: &str, hidden: Vec<String>, random: &mut Random) -> Hiding {
    let place = random.pick(&PLACES).unwrap();
    // Marks within a link or a text that has some of its own would change what it says.
    let dress = if form.contains(['|', '*', '`', '(', '<']) {
        Dress::Plain
    } else {
        random.pick(&DRESSES).unwrap()
    };
    let text = dress.on(text);
    let parts = message(place, ("Info", &text), &text);
    let form = format!("{text:?} in {place:?} of {form}");
    Hiding { message: taken_in(&parts), json: parts.0, form, text, hidden }
}

impl Hiding {
    /// What is left of its secrets in a text.
    pub(crate) fn left_in(&self, kept: &Undressed) -> Option<&str> {
        self.hidden.iter().find(|hidden| kept.holds(hidden)).map(String::as_str)
    }
}

/// A text as a careful reader sees it.
pub(crate) struct Undressed {
    plain: String,
    digits: String,
}

impl Undressed {
    pub(crate) fn of(text: &str) -> Self {
        let plain = undressed(text);
        let digits = plain.chars().filter(char::is_ascii_digit).collect();
        Self { plain, digits }
    }

    fn holds(&self, hidden: &str) -> bool {
        let is_card = hidden.len() == 16 && hidden.bytes().all(|byte| byte.is_ascii_digit());
        self.plain.contains(&hidden.to_lowercase()) || (is_card && self.digits.contains(hidden))
    }
}

/// What is kept of a message and derived from it, as text.
fn kept(message: &Message) -> String {
    let clean = redact(message.clone(), &Labels::built_in());
    let reading = read(&clean, &Labels::built_in());
    assert_eq!(
        read(message, &Labels::built_in()),
        reading,
        "taking secrets out changed what is read"
    );
    assert_eq!(redact(clean.clone(), &Labels::built_in()), clean, "a second look found more");
    format!("{}{reading:?}", serde_json::to_string(&clean).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(24) })]

    #[test]
    fn a_secret_is_kept_in_no_form(seed in any::<u64>()) {
        let hiding = hiding(seed);
        prop_assert!(hiding.len() > 200);
        let kept: Vec<_> = hiding.iter().map(|hiding| (hiding, kept(&hiding.message))).collect();
        let leaks: Vec<_> =
            kept.iter().filter(|(hiding, kept)| hiding.left_in(&Undressed::of(kept)).is_some()).map(|(hiding, _)| &hiding.form).collect();
        prop_assert!(leaks.is_empty(), "{} of {} are kept: {:#?}", leaks.len(), kept.len(), leaks);
    }
}

#[test]
fn every_marker_can_be_found() {
    for hiding in hiding(7) {
        let raw = serde_json::to_string(&hiding.message).unwrap();
        assert!(
            hiding.left_in(&Undressed::of(&raw)).is_some(),
            "{}: {:?} is not in {raw}",
            hiding.form,
            hiding.hidden
        );
    }
}

#[test]
fn what_is_no_secret_stays() {
    let changed: Vec<_> = harmless::messages()
        .into_iter()
        .map(|message| (redact(message.clone(), &Labels::built_in()), message))
        .filter(|(clean, message)| clean != message)
        .map(|(clean, _)| serde_json::to_string(&clean).unwrap())
        .collect();
    assert!(changed.is_empty(), "{changed:#?}");
}
