//! How carriers make the last digit of a number out of the others, so that a slip is seen.

/// The value of a digit, or of a letter as UPS counts letters.
fn value(letter: u8) -> u32 {
    if letter.is_ascii_digit() { u32::from(letter - b'0') } else { (u32::from(letter) + 7) % 10 }
}

/// The digit that a number ends with, and what stands in front of it.
fn parted(number: &[u8]) -> Option<(u32, &[u8])> {
    let (last, rest) = number.split_last()?;
    last.is_ascii_digit().then(|| (value(*last), rest))
}

fn fills_up_ten(sum: u32) -> u32 {
    (10 - sum % 10) % 10
}

/// Of the GS1, by which the posts, `FedEx` Ground and others count: from the right three times, once, three times.
pub(super) fn gs1(number: &[u8]) -> bool {
    parted(number).is_some_and(|(check, rest)| {
        let weighted = rest.iter().rev().zip([3, 1].into_iter().cycle());
        check == fills_up_ten(weighted.map(|(letter, weight)| value(*letter) * weight).sum())
    })
}

/// Of UPS and `OnTrac`: from the left once, twice, once, over letters too.
pub(super) fn ups(number: &[u8]) -> bool {
    parted(number).is_some_and(|(check, rest)| {
        let weighted = rest.iter().zip([1, 2].into_iter().cycle());
        check == fills_up_ten(weighted.map(|(letter, weight)| value(*letter) * weight).sum())
    })
}

/// Of banks: every second digit twice, and its own digits summed up.
pub(super) fn luhn(number: &[u8]) -> bool {
    let digit = |(at, letter): (usize, &u8)| match value(*letter) {
        digit if at % 2 == 0 => digit,
        digit => digit * 2 / 10 + digit * 2 % 10,
    };
    number.iter().rev().enumerate().map(digit).sum::<u32>() % 10 == 0
}

/// Of `FedEx`: weights in turn, the rest by eleven.
fn by_eleven(number: &[u8], weights: [u32; 3]) -> bool {
    parted(number).is_some_and(|(check, rest)| {
        let weighted = rest.iter().zip(weights.into_iter().cycle());
        check == weighted.map(|(letter, weight)| value(*letter) * weight).sum::<u32>() % 11 % 10
    })
}

/// Of `FedEx` Express.
pub(super) fn fedex(number: &[u8]) -> bool {
    by_eleven(number, [3, 1, 7])
}

/// Of the long numbers on `FedEx`'s labels: over the last fourteen digits.
pub(super) fn fedex_label(number: &[u8]) -> bool {
    let last = number.len().checked_sub(14).and_then(|from| number.get(from..));
    last.is_some_and(|last| by_eleven(last, [1, 7, 3]))
}

/// Of DHL Express: the rest by seven.
pub(super) fn dhl(number: &[u8]) -> bool {
    parted(number).is_some_and(|(check, rest)| {
        check == rest.iter().fold(0, |sum, letter| (sum * 10 + value(*letter)) % 7)
    })
}

/// Of the posts of the world: two letters, eight digits and the check digit, a country.
pub(super) fn post(number: &[u8]) -> bool {
    const WEIGHTS: [u32; 8] = [8, 6, 4, 2, 3, 5, 9, 7];
    let (Some(digits), Some(check)) = (number.get(2..10), number.get(10)) else { return false };
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(letter, weight)| value(*letter) * weight).sum();
    let expected = match 11 - sum % 11 {
        10 => 0,
        11 => 5,
        digit => digit,
    };
    value(*check) == expected
}
