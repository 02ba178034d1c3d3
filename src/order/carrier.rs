//! Which carrier a tracking number belongs to, by its form. Pure.

/// A carrier of parcels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    /// `1Z` and 16 letters or digits.
    Ups,
    /// 20 to 22 digits from 91 to 95, 26 from 92 to 94, either behind `420` and a ZIP code, too, or the
    /// international form `EA123456789US`.
    Usps,
    /// 12, 15 or 20 digits, or 22 that begin with 96.
    FedEx,
    /// 10 digits, or `JD` or `JJD` and 16 to 20 digits.
    Dhl,
    /// 20 digits that begin with the number of DHL's parcels in Germany, 00340434.
    DhlGermany,
    /// `TBA`, `TBM` or `TBC` and 12 digits.
    Amazon,
}

impl Carrier {
    /// The carrier of a number; `None` where the form is nobody's, or more than one's.
    pub fn of(number: &str) -> Option<Self> {
        let digits = |text: &str, count: std::ops::RangeInclusive<usize>| {
            count.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        let after = |start: &str| number.strip_prefix(start);
        if let Some(rest) = after("1Z") {
            let is_ups = rest.len() == 16 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric());
            return is_ups.then_some(Self::Ups);
        }
        if ["TBA", "TBM", "TBC"]
            .iter()
            .any(|start| after(start).is_some_and(|rest| digits(rest, 12..=12)))
        {
            return Some(Self::Amazon);
        }
        if ["JD", "JJD"].iter().any(|start| after(start).is_some_and(|rest| digits(rest, 16..=20)))
        {
            return Some(Self::Dhl);
        }
        if is_international_post(number) {
            return Some(Self::Usps);
        }
        if after("96").is_some() && digits(number, 22..=22) {
            return Some(Self::FedEx);
        }
        if after("00340434").is_some_and(|rest| digits(rest, 12..=12)) {
            return Some(Self::DhlGermany);
        }
        if is_usps(number) {
            return Some(Self::Usps);
        }
        match number.len() {
            12 | 15 | 20 if digits(number, 12..=20) => Some(Self::FedEx),
            10 if digits(number, 10..=10) => Some(Self::Dhl),
            _ => None,
        }
    }

    /// Its name, for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ups => "UPS",
            Self::Usps => "USPS",
            Self::FedEx => "FedEx",
            Self::Dhl | Self::DhlGermany => "DHL",
            Self::Amazon => "Amazon",
        }
    }

    /// Where the parcel can be followed.
    pub fn link(self, number: &str) -> String {
        let url = match self {
            Self::Ups => "https://www.ups.com/track?tracknum=",
            Self::Usps => "https://tools.usps.com/go/TrackConfirmAction?tLabels=",
            Self::FedEx => "https://www.fedex.com/fedextrack/?trknbr=",
            Self::Dhl => "https://www.dhl.com/en/express/tracking.html?AWB=",
            Self::DhlGermany => {
                "https://www.dhl.de/en/privatkunden/pakete-empfangen/verfolgen.html?piececode="
            }
            Self::Amazon => "https://track.amazon.com/tracking/",
        };
        format!("{url}{number}")
    }
}

/// Digits alone; those of a label stand behind `420` and the ZIP code of where it goes.
fn is_usps(number: &str) -> bool {
    let begins =
        |number: &str, starts: &[&str]| starts.iter().any(|start| number.starts_with(start));
    let is_plain = |number: &str| match number.len() {
        20..=22 => begins(number, &["91", "92", "93", "94", "95"]),
        26 => begins(number, &["92", "93", "94"]),
        _ => false,
    };
    let behind_zip = |zip: usize| number.strip_prefix("420").and_then(|rest| rest.get(zip..));
    let is_label = [behind_zip(5), behind_zip(9)].into_iter().flatten().any(|rest| {
        (22..=26).contains(&rest.len()) && begins(rest, &["91", "92", "93", "94", "95"])
    });
    number.bytes().all(|byte| byte.is_ascii_digit()) && (is_plain(number) || is_label)
}

/// Two letters, nine digits, `US`.
fn is_international_post(number: &str) -> bool {
    let bytes = number.as_bytes();
    let (Some(start), Some(middle), Some(end)) =
        (bytes.get(..2), bytes.get(2..11), bytes.get(11..))
    else {
        return false;
    };
    start.iter().all(u8::is_ascii_uppercase)
        && middle.iter().all(u8::is_ascii_digit)
        && end == b"US"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carriers_are_known_by_the_form_of_their_numbers() {
        for (number, carrier) in [
            ("1Z999AA10123456784", Some(Carrier::Ups)),
            ("1Z999AA1012345678", None),
            ("9400111899223197428490", Some(Carrier::Usps)),
            ("EA123456789US", Some(Carrier::Usps)),
            ("92612901234567890123456789", Some(Carrier::Usps)),
            ("95612901234567890123456789", None),
            ("420941059400111899223197428490", Some(Carrier::Usps)),
            ("4209410512349400111899223197428490", Some(Carrier::Usps)),
            ("4209410592612901234567890123456789", Some(Carrier::Usps)),
            ("42094105123492612901234567890123456789", Some(Carrier::Usps)),
            ("420941059600111899223197428490", None),
            ("00340434161094042557", Some(Carrier::DhlGermany)),
            ("12340434161094042557", Some(Carrier::FedEx)),
            ("123456789012", Some(Carrier::FedEx)),
            ("9612345678901234567890", Some(Carrier::FedEx)),
            ("1234567890", Some(Carrier::Dhl)),
            ("JD0123456789012345678", Some(Carrier::Dhl)),
            ("JJD012345678901234567", Some(Carrier::Dhl)),
            ("TBA123456789012", Some(Carrier::Amazon)),
            ("ä", None),
            ("", None),
        ] {
            assert_eq!(Carrier::of(number), carrier, "{number}");
            let link = carrier.map(|carrier| carrier.link(number));
            assert!(link.is_none_or(|link| link.ends_with(number)), "{number}");
        }
    }
}
