//! The buttons, menus and forms of the last reply, found by what is typed: pure.

use serde_json::Value;

use crate::sandbox::Reply;

/// The `custom_id` of the button with this label, in any case, or with one that holds it.
pub(super) fn button(reply: &Reply, typed: &str) -> Result<String, String> {
    let labels: Vec<&Value> = reply.parts().filter(|part| part.get("label").is_some()).collect();
    let typed = typed.to_lowercase();
    let whole = labels.iter().find(|part| text(part, "label").to_lowercase() == typed);
    let holds = |part: &&&Value| text(part, "label").to_lowercase().contains(&typed);
    let found = whole.or_else(|| labels.iter().find(holds));
    found.map(|part| text(part, "custom_id").to_owned()).ok_or_else(|| {
        let labels: Vec<&str> = labels.iter().map(|part| text(part, "label")).collect();
        offered("button", &labels)
    })
}

/// The `custom_id` of the menu and the value that is chosen in it: `VALUE`, or the menu's words and
/// then the value.
pub(super) fn choice(reply: &Reply, typed: &str) -> Result<(String, String), String> {
    let typed = typed.to_lowercase();
    let mut all = Vec::new();
    for menu in reply.parts() {
        let options = menu.get("options").and_then(Value::as_array);
        for option in options.into_iter().flatten() {
            let (label, value) = (text(option, "label"), text(option, "value"));
            let is_meant = |word: &str| !word.is_empty() && typed.ends_with(&word.to_lowercase());
            if is_meant(label) || is_meant(value) {
                return Ok((text(menu, "custom_id").to_owned(), value.to_owned()));
            }
            all.push(value);
        }
    }
    Err(offered("choice", &all))
}

/// The inputs of a form with what is typed into them: texts with bars between, in their order.
pub(super) fn inputs(reply: &Reply, typed: &str) -> Result<Vec<(String, String)>, String> {
    let ids: Vec<&str> = form(reply).map(|input| text(input, "custom_id")).collect();
    if ids.is_empty() {
        return Err("there is no form; press a button that opens one".to_owned());
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

fn offered(what: &str, all: &[&str]) -> String {
    if all.is_empty() {
        return format!("the last reply has no {what}");
    }
    format!("the last reply has no such {what}; there are {}", all.join(", "))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn reply() -> Reply {
        let menu = json!({"placeholder": "Set the status", "custom_id": "menu", "options": [
            {"label": "📦 shipped", "value": "shipped"}, {"label": "💰 sold", "value": "sold"},
        ]});
        let button = json!({"label": "Older ▶", "custom_id": "older"});
        Reply {
            components: vec![json!({"components": [menu]}), json!({"components": [button]})],
            ..Reply::default()
        }
    }

    #[test]
    fn buttons_and_menus_are_found_by_their_words() {
        assert_eq!(button(&reply(), "older").as_deref(), Ok("older"));
        assert!(button(&reply(), "newer").expect_err("none").contains("Older ▶"));
        let sold = Ok(("menu".to_owned(), "sold".to_owned()));
        assert_eq!(choice(&reply(), "sold"), sold);
        assert_eq!(choice(&reply(), "set the status sold"), sold);
        assert!(choice(&reply(), "lost").expect_err("none").contains("shipped, sold"));
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
