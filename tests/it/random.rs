//! Random numbers of our own: the same seed gives the same numbers everywhere and for ever.

/// The generator splitmix64 of Steele, Lea and Flood: a counter that is mixed.
#[derive(Debug, Clone)]
pub(crate) struct Random {
    state: u64,
}

impl Random {
    /// The seed is mixed as well: else one seed's numbers would be its neighbour's, shifted by one.
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: mixed(!seed) }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mixed(self.state)
    }

    /// One of 0, 1, ... `count - 1`.
    pub(crate) fn below(&mut self, count: u64) -> u64 {
        self.next() % count.max(1)
    }

    /// One of `least`, ... `most`.
    pub(crate) fn between(&mut self, least: u64, most: u64) -> u64 {
        least + self.below(most - least + 1)
    }

    /// True so many times out of a hundred.
    pub(crate) fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    /// One of these; nothing of nothing.
    pub(crate) fn pick<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        of.get(usize::try_from(self.below(of.len() as u64)).unwrap_or(0)).copied()
    }

    /// Puts them into another order.
    #[cfg(target_os = "linux")]
    pub(crate) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let other = usize::try_from(self.below(last as u64 + 1)).unwrap_or(0);
            list.swap(last, other);
        }
    }
}

fn mixed(mut number: u64) -> u64 {
    number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

#[test]
fn neighbouring_seeds_have_nothing_in_common() {
    let numbers = |seed| {
        let mut random = Random::new(seed);
        std::iter::repeat_with(move || random.below(u64::MAX)).take(100).collect::<Vec<_>>()
    };
    assert_eq!(numbers(1), numbers(1));
    assert!(numbers(1).iter().all(|number| !numbers(2).contains(number)));
}
