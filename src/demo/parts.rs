//! The buttons, menus and forms of the last reply, found by what is typed: pure.

use serde_json::Value;

use crate::ids::MessageId;
use discord_sandbox::Reply;

/// A part of a message that was found: the message, and the part's `custom_id`.
pub(super) type Found = (MessageId, String);

/// The button with this label, in any case, or the only one whose label holds it.
pub(super) fn button(reply: &Reply, typed: &str) -> Result<Found, String> {
    let buttons: Vec<(MessageId, &Value)> =
        parts(reply).filter(|(_, part)| part.get("label").is_some()).collect();
    let label = |part: &Value| text(part, "label").to_lowercase();
    let typed = typed.to_lowercase();
    let whole = buttons.iter().find(|(_, part)| label(part) == typed);
    let holding = || buttons.iter().filter(|(_, part)| label(part).contains(&typed));
    let only = |first: &&(MessageId, &Value)| {
        !typed.is_empty() && holding().all(|(_, part)| label(part) == label(first.1))
    };
    let found = whole.or_else(|| holding().next().filter(only));
    found.map(|(message, part)| (*message, text(part, "custom_id").to_owned())).ok_or_else(|| {
        let labels = buttons.iter().map(|(_, part)| text(part, "label").to_owned());
        offered("button", labels.collect())
    })
}

/// The menu that is meant and the values that are chosen in it: choices with commas between, each by
/// its label, the beginning of what stands below that, or its value; the menu's words may stand before, or its
/// number. Where several menus offer it, the first one counts in which nothing is chosen yet.
pub(super) fn choice(reply: &Reply, typed: &str) -> Result<(Found, Vec<String>), String> {
    let typed = typed.to_lowercase();
    let menus = parts(reply).filter(|(_, part)| part.get("options").is_some());
    let menus: Vec<(MessageId, &Value)> = menus.collect();
    let mut found = Vec::new();
    for (number, (message, menu)) in (1..).zip(&menus) {
        found.extend(meant(menu, number, &typed).map(|values| (*message, *menu, values)));
    }
    let untouched = found.iter().find(|(_, menu, _)| !options(menu).iter().any(is_chosen));
    let Some((message, menu, values)) = untouched.or(found.first()) else {
        let all = menus.iter().flat_map(|(_, menu)| options(menu)).map(shown);
        return Err(offered("choice", all.collect()));
    };
    let most = menu.get("max_values").and_then(Value::as_u64).unwrap_or(1);
    if values.len() as u64 > most {
        return Err(format!("this menu takes at most {most}"));
    }
    Ok(((*message, text(menu, "custom_id").to_owned()), values.clone()))
}

/// What is chosen in a menu; `None`: another one is meant.
fn meant(menu: &Value, number: usize, typed: &str) -> Option<Vec<String>> {
    let behind_number = typed
        .split_once(' ')
        .filter(|(first, _)| first.parse() == Ok(number))
        .map(|(_, rest)| rest);
    let words = text(menu, "placeholder").to_lowercase();
    let named = typed.split_whitespace().take_while(|word| words.contains(word)).count();
    let rest: Vec<&str> = typed.split_whitespace().skip(named).collect();
    let ways = [Some(typed), behind_number.map(str::trim), Some(&rest.join(" "))];
    ways.into_iter().flatten().find_map(|typed| values(options(menu), typed))
}

fn options(menu: &Value) -> &[Value] {
    menu.get("options").and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn is_chosen(option: &Value) -> bool {
    option.get("default") == Some(&Value::Bool(true))
}

/// The values of the choices that are meant, if all of them are among the options.
fn values(options: &[Value], typed: &str) -> Option<Vec<String>> {
    let meant = |typed: &str| {
        let option = options.iter().find(|option| is_meant(option, typed))?;
        Some(text(option, "value").to_owned())
    };
    // What a product is called may have a comma in it.
    meant(typed)
        .map(|one| vec![one])
        .or_else(|| typed.split(',').map(|part| meant(part.trim())).collect())
}

fn is_meant(option: &Value, typed: &str) -> bool {
    let [label, value, below] =
        ["label", "value", "description"].map(|name| text(option, name).to_lowercase());
    let begins = |below: &str| {
        below.strip_prefix(typed).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    !typed.is_empty() && (label == typed || value == typed || begins(&below))
}

/// A choice as it is listed: the label, and what tells it from others of the same label.
fn shown(option: &Value) -> String {
    let (label, below) = (text(option, "label"), text(option, "description"));
    match below.split(" · ").next().filter(|which| !which.is_empty()) {
        Some(which) => format!("{which} ({label})"),
        None => label.to_owned(),
    }
}

/// The buttons and menus of the reply and of what followed it, with the message that they stand on.
fn parts(reply: &Reply) -> impl Iterator<Item = (MessageId, &Value)> {
    let messages = std::iter::once(reply).chain(&reply.follow_ups);
    messages.flat_map(|shown| shown.parts().map(|part| (shown.message.unwrap_or_default(), part)))
}

/// The inputs of a form with what is typed into them: texts with bars between, in their order.
pub(super) fn inputs(reply: &Reply, typed: &str) -> Result<Vec<(String, String)>, String> {
    let ids: Vec<&str> = form(reply).map(|input| text(input, "custom_id")).collect();
    if ids.is_empty() {
        return Err("there is no open form; press a button that opens one".to_owned());
    }
    let texts = typed.splitn(ids.len(), '|').map(str::trim);
    Ok(ids.iter().zip(texts).map(|(id, text)| ((*id).to_owned(), text.to_owned())).collect())
}

fn form(reply: &Reply) -> impl Iterator<Item = &Value> {
    let rows = reply.modal.as_ref().and_then(|modal| modal.get("components")?.as_array());
    let rows = rows.into_iter().flatten();
    rows.filter_map(|row| row.get("components")?.as_array()).flatten()
}

fn text<'a>(part: &'a Value, name: &str) -> &'a str {
    part.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn offered(what: &str, mut all: Vec<String>) -> String {
    all.dedup();
    if all.is_empty() {
        return format!("the last reply has no {what}; try /orders recent first");
    }
    format!("which {what}? You can use: {}", all.join(", "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn with(components: &[Value]) -> Reply {
        let row = |part: &Value| json!({"components": [part]});
        Reply {
            message: Some(MessageId(1)),
            components: components.iter().map(row).collect(),
            ..Reply::default()
        }
    }

    fn card() -> Reply {
        let menu = json!({"placeholder": "Set the status", "custom_id": "menu", "options": [
            {"label": "shipped", "value": "shipped"}, {"label": "sold", "value": "sold"},
        ]});
        let button = |label: &str, id: &str| json!({"label": label, "custom_id": id});
        with(&[menu, button("Erase for good", "erase"), button("Leave it", "leave")])
    }

    fn list() -> Reply {
        with(&[json!({"placeholder": "Open one or more orders", "custom_id": "open",
            "max_values": 2, "options": [
            {"label": "Television 65\", black", "value": "8", "description": "1261000001 · Costco"},
            {"label": "Console", "value": "9", "description": "BBY01-807000000008 · Best Buy"},
        ]})])
    }

    fn chosen(reply: &Reply, typed: &str) -> Result<Vec<String>, String> {
        choice(reply, typed).map(|(_, values)| values)
    }

    #[test]
    fn a_button_is_pressed_by_its_words_and_never_by_none() {
        let found = |id: &str| Ok((MessageId(1), id.to_owned()));
        assert_eq!(button(&card(), "erase"), found("erase"));
        assert_eq!(button(&card(), "Leave it"), found("leave"));
        for unclear in ["", "e", "newer"] {
            let told = button(&card(), unclear).expect_err("unclear");
            assert!(told.contains("Erase for good, Leave it"), "{told}");
        }
    }

    #[test]
    fn a_choice_is_meant_by_its_label_its_order_or_its_value() {
        for sold in ["sold", "status sold", "set the status sold"] {
            assert_eq!(chosen(&card(), sold), Ok(vec!["sold".to_owned()]), "{sold}");
        }
        for (typed, value) in [("BBY01-807000000008", "9"), ("television 65\", black", "8")] {
            assert_eq!(chosen(&list(), typed), Ok(vec![value.to_owned()]), "{typed}");
        }
        let both = Ok(vec!["9".to_owned(), "8".to_owned()]);
        assert_eq!(chosen(&list(), "bby01-807000000008, 8"), both);
        assert!(chosen(&list(), "8, 9, 8").expect_err("too many").contains("at most 2"));
        for unknown in ["", "BBY01-80700000000", "BBY01-807000000008, 7"] {
            let told = chosen(&list(), unknown).expect_err("unknown");
            assert!(told.contains("BBY01-807000000008 (Console)"), "{told}");
        }
    }

    #[test]
    fn of_menus_that_offer_the_same_the_next_one_is_meant_or_the_one_with_the_number() {
        let menu = |id: &str, chosen: bool| {
            json!({"placeholder": "Which column", "custom_id": id, "options": [
                {"label": "Order Date", "value": "0", "default": chosen},
                {"label": "Total Cost", "value": "1"},
            ]})
        };
        let meant = |chosen: [bool; 2], typed: &str| {
            let reply = with(&[menu("one", chosen[0]), menu("two", chosen[1])]);
            choice(&reply, typed).map(|((_, id), values)| format!("{id} {}", values.join(",")))
        };
        for (chosen, typed, found) in [
            ([false, false], "order date", "one 0"),
            ([true, false], "total cost", "two 1"),
            ([true, true], "total cost", "one 1"),
            ([false, false], "2 total cost", "two 1"),
            ([true, false], "1 total cost", "one 1"),
        ] {
            assert_eq!(meant(chosen, typed).as_deref(), Ok(found), "{typed}");
        }
        assert!(meant([false, false], "3 total cost").is_err());
    }

    #[test]
    fn what_followed_the_reply_has_buttons_too() {
        let mut second = list();
        second.message = Some(MessageId(2));
        let reply = Reply { follow_ups: vec![second], ..card() };
        assert_eq!(choice(&reply, "9").expect("a choice").0, (MessageId(2), "open".to_owned()));
    }

    #[test]
    fn a_form_is_filled_in_its_order() {
        let inputs_of =
            |ids: [&str; 2]| ids.map(|id| json!({"components": [{"custom_id": id, "label": id}]}));
        let modal = json!({"title": "Note", "components": inputs_of(["one", "two"])});
        let reply = Reply { modal: Some(modal), ..Reply::default() };
        let filled = inputs(&reply, "a b | c").expect("a form");
        assert_eq!(json!(filled), json!([["one", "a b"], ["two", "c"]]));
        assert!(inputs(&Reply::default(), "x").is_err());
    }
}
