//! Lines that speak to the buyer or say where they live, which are never a product.

/// Whether a line greets somebody or is a postal address.
pub(crate) fn is_addressed(line: &str) -> bool {
    greets(line) || is_postal(line)
}

fn greets(line: &str) -> bool {
    const GREETINGS: [&str; 22] = [
        "hi",
        "hello",
        "hey",
        "dear",
        "thanks",
        "thank",
        "hallo",
        "liebe",
        "lieber",
        "danke",
        "bonjour",
        "merci",
        "hola",
        "gracias",
        "ciao",
        "grazie",
        "olá",
        "obrigado",
        "obrigada",
        "cześć",
        "dziękujemy",
        "shipping",
    ];
    let first = line.split(|mark: char| !mark.is_alphabetic()).next().unwrap_or_default();
    let first = first.to_lowercase();
    GREETINGS.contains(&first.as_str()) && (line.ends_with([',', '!']) || line.contains(" to "))
}

/// A house number and a street with a place behind a comma, or a state with its ZIP code.
fn is_postal(line: &str) -> bool {
    const STREETS: [&str; 26] = [
        "st",
        "street",
        "ave",
        "avenue",
        "rd",
        "road",
        "blvd",
        "boulevard",
        "lane",
        "ln",
        "dr",
        "drive",
        "way",
        "court",
        "ct",
        "place",
        "pl",
        "strasse",
        "straße",
        "str",
        "rue",
        "via",
        "calle",
        "avenida",
        "rua",
        "ul",
    ];
    let mut words =
        line.split(|mark: char| !mark.is_alphanumeric()).filter(|word| !word.is_empty());
    let on_a_street = line.contains(',')
        && words.clone().any(|word| word.starts_with(|first: char| first.is_ascii_digit()))
        && words.clone().any(|word| {
            let word = word.to_lowercase();
            STREETS.contains(&word.as_str())
                || word.ends_with("straße")
                || word.ends_with("strasse")
        });
    let mut before = "";
    let in_a_state = words.any(|word| {
        let state = before.len() == 2 && before.bytes().all(|byte| byte.is_ascii_uppercase());
        let zip = word.len() == 5 && word.bytes().all(|byte| byte.is_ascii_digit());
        before = word;
        state && zip
    });
    on_a_street || in_a_state
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buyers_are_told_from_products() {
        for line in [
            "Hi Jane,",
            "Dear Jane Demo,",
            "Thank you Jane!",
            "1 Demo Street, Springfield",
            "1 Demo St, Springfield, IL 62701",
            "Springfield, IL 62701",
            "Musterstraße 1, 12345 Musterstadt",
            "Shipping to Jane Demo",
        ] {
            assert!(is_addressed(line), "{line}");
        }
        for line in [
            "Example Tin",
            "13 Dead End Drive",
            "Sesame Street Plush",
            "Hello Kitty Plush",
            "Hi-Fi Amplifier, Black",
            "Example Set, 12345 Pieces",
            "LEGO 10270",
        ] {
            assert!(!is_addressed(line), "{line}");
        }
    }
}
