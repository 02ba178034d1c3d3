//! What an autocomplete may answer.

use serde_json::Value;

use super::form::Form;
use super::refusal::Refusal;

/// The most choices that an autocomplete may answer.
const CHOICES_MAX: usize = 25;
/// The longest name and value of a choice, in characters.
const CHOICE_LENGTH_MAX: usize = 100;

/// Checks the choices that an autocomplete answers.
pub(crate) fn check_choices(data: &Value) -> Result<(), Refusal> {
    let mut form = Form::default();
    let none = Vec::new();
    let choices = data.get("choices").and_then(Value::as_array).unwrap_or(&none);
    if choices.len() > CHOICES_MAX {
        let sentence = format!("Must be {CHOICES_MAX} or fewer in length.");
        form.wrong("data.choices", "BASE_TYPE_MAX_LENGTH", &sentence);
    }
    for (index, choice) in choices.iter().enumerate() {
        let at = |name: &str| format!("data.choices.{index}.{name}");
        let name = choice.get("name").and_then(Value::as_str).unwrap_or_default();
        form.length(&at("name"), name, 1, CHOICE_LENGTH_MAX);
        match choice.get("value") {
            Some(Value::String(value)) => form.length(&at("value"), value, 1, CHOICE_LENGTH_MAX),
            Some(Value::Number(_)) => {}
            _ => form.wrong(&at("value"), "BASE_TYPE_REQUIRED", "This field is required"),
        }
    }
    form.judge()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn choices_are_few_and_short() {
        let choice = json!({"name": "a", "value": "b"});
        assert_eq!(check_choices(&json!({"choices": vec![choice.clone(); 25]})), Ok(()));
        assert!(check_choices(&json!({"choices": vec![choice; 26]})).is_err());
        assert!(check_choices(&json!({"choices": [{"name": "", "value": "b"}]})).is_err());
    }
}
