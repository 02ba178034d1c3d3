//! Circles of files that import each other.

use std::collections::{BTreeMap, BTreeSet};

/// The groups of more than one node in which each reaches each other.
pub(super) fn circles<N: Ord + Clone>(of: &BTreeMap<N, BTreeSet<N>>) -> Vec<BTreeSet<N>> {
    let reached: BTreeMap<&N, BTreeSet<&N>> =
        of.keys().map(|node| (node, reached_from(node, of))).collect();
    let mut found: BTreeSet<BTreeSet<N>> = BTreeSet::new();
    for (node, others) in &reached {
        let back = |other: &&&N| reached.get(**other).is_some_and(|far| far.contains(node));
        let mut circle: BTreeSet<N> =
            others.iter().filter(back).map(|&other| other.clone()).collect();
        circle.insert((*node).clone());
        if circle.len() > 1 {
            found.insert(circle);
        }
    }
    found.into_iter().collect()
}

fn reached_from<'a, N: Ord>(node: &'a N, of: &'a BTreeMap<N, BTreeSet<N>>) -> BTreeSet<&'a N> {
    let (mut reached, mut waiting) = (BTreeSet::new(), vec![node]);
    while let Some(next) = waiting.pop() {
        for other in of.get(next).into_iter().flatten() {
            if reached.insert(other) {
                waiting.push(other);
            }
        }
    }
    reached
}

#[test]
fn a_circle_is_found_and_a_line_is_none() {
    let of = |arrows: &[(u8, u8)]| {
        let mut all: BTreeMap<u8, BTreeSet<u8>> = BTreeMap::new();
        for (from, to) in arrows {
            all.entry(*from).or_default().insert(*to);
        }
        all
    };
    assert_eq!(circles(&of(&[(1, 2), (2, 3)])), []);
    assert_eq!(circles(&of(&[(1, 2), (2, 3), (3, 1), (3, 4)])), [BTreeSet::from([1, 2, 3])]);
}
