//! Time zones as people type them: a city, a part of the name, or how Americans call theirs. Pure.

use chrono_tz::{TZ_VARIANTS, Tz};

/// What is offered where nothing is typed.
const USUAL: [Tz; 12] = [
    Tz::America__New_York,
    Tz::America__Chicago,
    Tz::America__Denver,
    Tz::America__Phoenix,
    Tz::America__Los_Angeles,
    Tz::America__Toronto,
    Tz::Europe__London,
    Tz::Europe__Berlin,
    Tz::Europe__Paris,
    Tz::Asia__Tokyo,
    Tz::Australia__Sydney,
    Tz::UTC,
];

/// What people call a zone whose clocks change, though the tables have zones of these names, or none.
const CALLED: [(&str, Tz); 19] = [
    ("eastern", Tz::America__New_York),
    ("est", Tz::America__New_York),
    ("edt", Tz::America__New_York),
    ("et", Tz::America__New_York),
    ("central", Tz::America__Chicago),
    ("cst", Tz::America__Chicago),
    ("cdt", Tz::America__Chicago),
    ("ct", Tz::America__Chicago),
    ("mountain", Tz::America__Denver),
    ("mst", Tz::America__Denver),
    ("mdt", Tz::America__Denver),
    ("mt", Tz::America__Denver),
    ("pacific", Tz::America__Los_Angeles),
    ("pst", Tz::America__Los_Angeles),
    ("pdt", Tz::America__Los_Angeles),
    ("pt", Tz::America__Los_Angeles),
    ("bst", Tz::Europe__London),
    ("cet", Tz::Europe__Berlin),
    ("cest", Tz::Europe__Berlin),
];

/// The zone that is meant: what it is called, its name, or the only city of the name; in any case.
pub fn meant(typed: &str) -> Option<Tz> {
    let typed = folded(typed);
    let called = CALLED.iter().find(|(name, _)| *name == typed).map(|(_, zone)| *zone);
    let named = || TZ_VARIANTS.iter().copied().find(|zone| folded(zone.name()) == typed);
    called.or_else(named).or_else(|| {
        let mut cities = TZ_VARIANTS.iter().copied().filter(|zone| city(*zone) == typed);
        cities.next().filter(|_| cities.next().is_none())
    })
}

/// Zones that fit what is typed so far, those whose city begins with it first.
pub fn like(typed: &str, most: usize) -> Vec<Tz> {
    let typed = folded(typed);
    if typed.is_empty() {
        return USUAL.into_iter().take(most).collect();
    }
    let called = CALLED.iter().filter(|(name, _)| name.starts_with(&typed)).map(|(_, zone)| *zone);
    let all = || TZ_VARIANTS.iter().copied();
    let usual = USUAL.into_iter().filter(|zone| city(*zone).starts_with(&typed));
    let begins = usual.chain(all().filter(|zone| city(*zone).starts_with(&typed)));
    let holds = all().filter(|zone| folded(zone.name()).contains(&typed));
    let mut found: Vec<Tz> = Vec::new();
    for zone in called.chain(begins).chain(holds) {
        if !found.contains(&zone) {
            found.push(zone);
        }
    }
    found.truncate(most);
    found
}

fn city(zone: Tz) -> String {
    folded(zone.name().rsplit('/').next().unwrap_or_default())
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_meant_by_its_name_its_city_or_what_it_is_called() {
        for (typed, zone) in [
            ("Europe/Berlin", Tz::Europe__Berlin),
            (" europe/berlin ", Tz::Europe__Berlin),
            ("berlin", Tz::Europe__Berlin),
            ("new york", Tz::America__New_York),
            ("Los Angeles", Tz::America__Los_Angeles),
            ("utc", Tz::UTC),
            // The zone EST of the tables never changes its clocks.
            ("EST", Tz::America__New_York),
            ("Pacific", Tz::America__Los_Angeles),
        ] {
            assert_eq!(meant(typed), Some(zone), "{typed}");
        }
        for unknown in ["", "Narnia", "Europe/", "a"] {
            assert_eq!(meant(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn every_zone_is_meant_by_its_own_name_but_those_that_are_called_otherwise() {
        let other = TZ_VARIANTS.iter().filter(|zone| meant(zone.name()) != Some(**zone));
        let names: Vec<&str> = other.map(|zone| zone.name()).collect();
        assert!(names.iter().all(|name| name.len() <= 5), "{names:?}");
    }

    #[test]
    fn what_is_typed_so_far_finds_cities_first() {
        let names = |typed| like(typed, 3).into_iter().map(Tz::name).collect::<Vec<_>>();
        assert_eq!(names("ber")[0], "Europe/Berlin");
        assert_eq!(names("new y"), ["America/New_York"]);
        assert_eq!(names("").len(), 3);
        assert_eq!(like("a", 25).len(), 25);
        assert!(like("narnia", 25).is_empty());
    }
}
