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

/// A street with its house number in front of a comma, or a state with its ZIP code.
fn is_postal(line: &str) -> bool {
    let mut before = "";
    let in_a_state = words(line).any(|word| {
        let state = before.len() == 2 && before.bytes().all(|byte| byte.is_ascii_uppercase());
        let zip = word.len() == 5 && is_number(word);
        before = word;
        state && zip
    });
    let (parts, _) = line.rsplit_once(',').unwrap_or_default();
    in_a_state || parts.split(',').any(is_street)
}

/// `1 Demo Street`, `Musterstraße 1`, `12 rue de la Paix`.
fn is_street(part: &str) -> bool {
    const BEHIND: [&str; 18] = [
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
        "strasse",
        "straße",
    ];
    const IN_FRONT: [&str; 6] = ["rue", "via", "calle", "avenida", "rua", "ul"];
    let lower = part.to_lowercase();
    let words: Vec<&str> = words(&lower).collect();
    let numbered = words.first().is_some_and(|word| is_number(word))
        || words.last().is_some_and(|word| is_number(word));
    let named: Vec<&str> = words.into_iter().filter(|word| !is_number(word)).collect();
    let ends = named.last().is_some_and(|word| {
        BEHIND.contains(word) || word.ends_with("straße") || word.ends_with("strasse")
    });
    numbered && (ends || named.first().is_some_and(|word| IN_FRONT.contains(word)))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|mark: char| !mark.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
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
            "12 rue de la Paix, Paris",
            "Via Roma 5, Milano",
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
            "123 Main Street Monopoly, Deluxe",
            "Main Street, USA Puzzle",
        ] {
            assert!(!is_addressed(line), "{line}");
        }
    }
}
