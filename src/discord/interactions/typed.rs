//! What people type is text: control characters, which no keyboard has and a tampered client may send, are
//! taken off before any command sees them.

use serenity::all::{
    ActionRowComponent, CommandDataOption, CommandDataOptionValue, Interaction, ModalInteraction,
};

/// Takes control characters off all that was typed; lines stay in a form, which may have several.
pub(crate) fn clean(interaction: &mut Interaction) {
    match interaction {
        Interaction::Command(used) | Interaction::Autocomplete(used) => {
            used.data.options.iter_mut().for_each(clean_option);
        }
        Interaction::Modal(sent) => clean_form(sent),
        _ => {}
    }
}

fn clean_option(option: &mut CommandDataOption) {
    match &mut option.value {
        CommandDataOptionValue::SubCommand(options)
        | CommandDataOptionValue::SubCommandGroup(options) => {
            options.iter_mut().for_each(clean_option);
        }
        CommandDataOptionValue::String(typed)
        | CommandDataOptionValue::Autocomplete { value: typed, .. } => clean_text(typed, false),
        _ => {}
    }
}

fn clean_form(sent: &mut ModalInteraction) {
    for part in sent.data.components.iter_mut().flat_map(|row| &mut row.components) {
        if let ActionRowComponent::InputText(field) = part
            && let Some(typed) = &mut field.value
        {
            clean_text(typed, true);
        }
    }
}

fn clean_text(typed: &mut String, has_lines: bool) {
    let is_odd = |character: char| {
        character.is_control() && !(has_lines && matches!(character, '\n' | '\r' | '\t'))
    };
    if typed.contains(is_odd) {
        *typed = typed.replace(|character: char| is_odd(character) && !is_space(character), "");
        *typed = typed.replace(|character: char| is_odd(character), " ");
    }
}

/// Between words, so that what was on two lines stays two words.
fn is_space(character: char) -> bool {
    matches!(character, '\n' | '\r' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_go_and_words_stay_apart() {
        for (typed, has_lines, cleaned) in [
            ("10\u{0}20\u{1b}[31m\u{7f}\u{85}", false, "1020[31m"),
            ("two\nlines\tand more", false, "two lines and more"),
            ("two\nlines\u{0}", true, "two\nlines"),
            ("Übung 📦", false, "Übung 📦"),
        ] {
            let mut text = typed.to_owned();
            clean_text(&mut text, has_lines);
            assert_eq!(text, cleaned);
        }
    }
}
