//! Whether two names mean the same store. Pure.

/// Words at the end of a name that only say in which country the store sells.
const COUNTRIES: [(&str, &str); 18] = [
    ("us", "us"),
    ("usa", "us"),
    ("ca", "ca"),
    ("can", "ca"),
    ("canada", "ca"),
    ("uk", "uk"),
    ("gb", "uk"),
    ("au", "au"),
    ("aus", "au"),
    ("australia", "au"),
    ("de", "de"),
    ("germany", "de"),
    ("fr", "fr"),
    ("france", "fr"),
    ("jp", "jp"),
    ("japan", "jp"),
    ("eu", "eu"),
    ("mx", "mx"),
];

/// Stands at the end of the key of a guess.
const GUESS: &str = "|";

/// A store's name as it is compared: without case, spaces, punctuation and web endings, its country
/// apart. The empty key means that no store was named. A bar at the end marks one that is only guessed from the host of
/// a link: the store may be called otherwise.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StoreKey(String);

impl StoreKey {
    /// The key of a name as written.
    pub(crate) fn of(name: Option<&str>) -> Self {
        let name = name.unwrap_or_default().to_lowercase();
        let mut words: Vec<&str> =
            name.split(|character: char| !character.is_alphanumeric()).collect();
        words.retain(|word| !word.is_empty());
        let country = country_of(&mut words);
        drop_web_words(&mut words);
        match (words.concat(), country) {
            (base, _) if base.is_empty() => Self::default(),
            (base, country) => Self(format!("{base}|{}", country.unwrap_or_default())),
        }
    }

    /// The key of what is guessed from the host of a link.
    pub(crate) fn guessed(host: Option<&str>) -> Self {
        let Self(key) = Self::of(host);
        if key.is_empty() { Self(key) } else { Self(key + GUESS) }
    }

    /// Whether it is only guessed.
    pub(crate) fn is_guess(&self) -> bool {
        self.parts().is_some_and(|(.., is_guess)| is_guess)
    }

    /// Whether it is what somebody calls the store.
    pub(crate) fn is_named(&self) -> bool {
        self.parts().is_some_and(|(.., is_guess)| !is_guess)
    }

    /// The name, the country, and whether it is guessed; absent where no store is named.
    fn parts(&self) -> Option<(&str, &str, bool)> {
        let (base, country) = self.0.split_once('|')?;
        let guessed = country.strip_suffix(GUESS);
        Some((base, guessed.unwrap_or(country), guessed.is_some()))
    }

    /// A key read from the database.
    pub(crate) fn stored(key: String) -> Self {
        Self(key)
    }

    /// As it is stored.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether both may name the same store: a name without a country, or none at all, fits any.
    pub(crate) fn fits(&self, other: &Self) -> bool {
        let (Some((base, country, _)), Some((other_base, other_country, _))) =
            (self.parts(), other.parts())
        else {
            return true;
        };
        let countries_fit =
            country == other_country || country.is_empty() || other_country.is_empty();
        base == other_base && countries_fit
    }

    /// Whether this names the store more exactly than a fitting `other` does: a guess never does where one is named.
    pub(crate) fn says_more_than(&self, other: &Self) -> bool {
        let exactness = |key: &Self| (key.is_named(), key.0.len());
        exactness(self) > exactness(other)
    }

    /// Those of the stores that a person means who types this: of this name in all countries if none was
    /// typed, and where there is none of this name, those whose name holds it.
    pub(crate) fn meant_among(&self, stores: Vec<Self>) -> Vec<Self> {
        let is_named = stores.iter().any(|store| self.names(store));
        let meant =
            |store: &Self| if is_named { self.names(store) } else { self.is_part_of(store) };
        stores.into_iter().filter(meant).collect()
    }

    /// Whether this is the store's name, its country left out or not.
    fn names(&self, store: &Self) -> bool {
        let (Some((own, country, _)), Some((base, store_country, _))) =
            (self.parts(), store.parts())
        else {
            return self == store;
        };
        own == base && (country.is_empty() || country == store_country)
    }

    fn is_part_of(&self, store: &Self) -> bool {
        let (Some((part, country, _)), Some((base, store_country, _))) =
            (self.parts(), store.parts())
        else {
            return false;
        };
        base.contains(part) && (country.is_empty() || country == store_country)
    }
}

/// Takes the country off the end of a name that has more than that.
fn country_of(words: &mut Vec<&str>) -> Option<&'static str> {
    let last = words.last().copied().filter(|_| words.len() > 1)?;
    let (_, country) = COUNTRIES.iter().find(|(word, _)| *word == last)?;
    words.pop();
    Some(country)
}

/// `www.target.com` is the store that is called Target.
fn drop_web_words(words: &mut Vec<&str>) {
    while words.len() > 1 && words.last().is_some_and(|word| ["com", "net", "co"].contains(word)) {
        words.pop();
    }
    if words.len() > 1 && words.first() == Some(&"www") {
        words.remove(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(one: &str, other: &str) -> bool {
        StoreKey::of(Some(one)).fits(&StoreKey::of(Some(other)))
    }

    #[test]
    fn case_spaces_and_punctuation_make_no_other_store() {
        assert!(fits("Best Buy US", "bestbuy-us"));
        assert!(fits("Dick's", "DICKS"));
        assert!(fits("www.target.com", "Target"));
        assert!(!fits("Target", "Walmart"));
    }

    #[test]
    fn countries_differ_unless_one_is_not_named() {
        assert!(!fits("Best Buy US", "Best Buy CA"));
        assert!(fits("Best Buy", "Best Buy CA"));
        assert!(fits("Best Buy Canada", "bestbuy.ca"));
    }

    #[test]
    fn no_store_fits_any() {
        assert!(StoreKey::of(None).fits(&StoreKey::of(Some("Target"))));
        assert!(StoreKey::of(Some(" - ")).fits(&StoreKey::of(Some("Target"))));
    }

    #[test]
    fn a_guess_is_compared_like_a_name_and_says_less_than_one() {
        let (name, guess) = (|name| StoreKey::of(Some(name)), |host| StoreKey::guessed(Some(host)));
        assert!(
            guess("target.com").fits(&name("Target")) && name("Target").fits(&guess("target.us"))
        );
        assert!(
            !guess("target.ca").fits(&name("Target US"))
                && !guess("a.example").fits(&guess("b.example"))
        );
        assert!(guess("target.com").is_guess() && !guess("target.com").is_named());
        assert!(name("Target").is_named() && !name("Target").is_guess());
        let nothing = guess("-");
        assert!(nothing == StoreKey::default() && !nothing.is_guess() && !nothing.is_named());
        assert!(name("Target").says_more_than(&guess("target.us")));
        assert!(!guess("target.us").says_more_than(&name("Target")));
        assert!(guess("target.us").says_more_than(&guess("target.com")));
        assert!(guess("target.us").says_more_than(&nothing));
        let hosts = ["target.com", "target.us", "target.ca", "targets.com"].map(guess);
        assert_eq!(name("Target US").meant_among(hosts.clone().into()), [guess("target.us")]);
        assert_eq!(name("target").meant_among(hosts.clone().into()), hosts[..3]);
        assert_eq!(StoreKey::stored(hosts[1].as_str().to_owned()), hosts[1]);
    }

    #[test]
    fn a_country_alone_is_a_name() {
        assert!(!fits("US", "CA"));
    }

    fn meant(typed: &str) -> String {
        let stores =
            ["Best Buy US", "Best Buy", "Best Buyer", "Best Buy CA", "Pokemon Center US", ""];
        let keys: Vec<StoreKey> = stores.map(|name| StoreKey::of(Some(name))).into();
        let found = StoreKey::of(Some(typed)).meant_among(keys.clone());
        let name = |key: &StoreKey| keys.iter().position(|one| one == key).map(|at| stores[at]);
        found.iter().filter_map(name).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_name_without_a_country_means_all_countries() {
        assert_eq!(meant("best buy"), "Best Buy US, Best Buy, Best Buy CA");
        assert_eq!(meant("Best Buy CA"), "Best Buy CA");
        assert_eq!(meant("bestbuyer"), "Best Buyer");
    }

    #[test]
    fn a_part_of_a_name_means_the_stores_that_hold_it() {
        assert_eq!(meant("pokemon"), "Pokemon Center US");
        assert_eq!(meant("center us"), "Pokemon Center US");
        assert_eq!(meant("buy"), "Best Buy US, Best Buy, Best Buyer, Best Buy CA");
        assert_eq!(meant("buy ca"), "Best Buy CA");
        assert_eq!(meant("pokmon"), "");
        assert_eq!(meant("-"), "");
    }
}
