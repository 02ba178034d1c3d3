//! Which stores the bars of a chart are made of, and in which colours. Pure.

use plotters::style::RGBColor;

use crate::figures::{Day, Figures, Share};

/// As many as figures tell apart, all different to those, too, who see no red, no green or no blue; half way to the
/// paper as well.
pub(super) const COLOURS: [RGBColor; 6] = [
    RGBColor(0x5b, 0xa3, 0xf5),
    RGBColor(0xc1, 0x96, 0x15),
    RGBColor(0xb0, 0xe8, 0xb0),
    RGBColor(0xcb, 0x4d, 0x4d),
    RGBColor(0x6c, 0xef, 0xef),
    RGBColor(0x30, 0x5e, 0xe8),
];
/// Of all other stores together.
pub(super) const GREY: RGBColor = RGBColor(0x92, 0x99, 0xa3);
const OTHER: &str = "Other";

/// Stores that are told apart, that of most orders first, and what the others are called.
pub(super) struct Stores {
    named: Vec<(String, RGBColor)>,
    rest: String,
}

impl Stores {
    /// The stores of figures; none where there is only one.
    pub(super) fn of(figures: &Figures) -> Option<Self> {
        let largest = figures.largest_stores();
        if figures.stores.len() < 2 {
            return None;
        }
        let others = figures.stores.keys().filter(|name| !largest.contains(&name.as_str()));
        let rest = match others.collect::<Vec<_>>().as_slice() {
            [only] => (*only).clone(),
            _ => OTHER.to_owned(),
        };
        let mut free = COLOURS.to_vec();
        let named = largest.into_iter().filter_map(|name| {
            let wanted = COLOURS.get(favourite(name))?;
            let at = free.iter().position(|colour| colour == wanted).unwrap_or(0);
            (at < free.len()).then(|| (name.to_owned(), free.remove(at)))
        });
        Some(Self { named: named.collect(), rest })
    }

    /// What each store has of each bar, and what is left for the others, where they have something. `whole`: all of a
    /// bar.
    pub(super) fn split(
        &self,
        bars: &[Day],
        whole: impl Fn(&Day) -> i64,
        share: impl Fn(&Share) -> i64,
    ) -> impl Iterator<Item = (&str, RGBColor, Vec<i64>)> {
        let mut left: Vec<i64> = bars.iter().map(whole).collect();
        let of_store = |(name, colour): &'_ (String, RGBColor)| {
            let values: Vec<i64> =
                bars.iter().map(|bar| bar.stores.get(name).map_or(0, &share)).collect();
            for (left, value) in left.iter_mut().zip(&values) {
                *left = left.saturating_sub(*value);
            }
            (*colour, values)
        };
        let split: Vec<_> = self.named.iter().map(of_store).collect();
        let names = self.named.iter().map(|(name, _)| name.as_str());
        let split = names.zip(split).map(|(name, (colour, values))| (name, colour, values));
        let rest = std::iter::once((self.rest.as_str(), GREY, left));
        split.chain(rest).filter(|(_, _, values)| values.iter().any(|value| *value > 0))
    }
}

/// The place of the colour that a store has wherever no larger one has it, so that it mostly looks the same.
fn favourite(name: &str) -> usize {
    let mixed = name
        .to_lowercase()
        .bytes()
        .fold(0_usize, |mixed, byte| mixed.wrapping_mul(31).wrapping_add(usize::from(byte)));
    mixed % COLOURS.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::panel::faint;
    use crate::chart::style::YELLOW;

    type Matrix = [[f64; 3]; 3];
    /// What is seen of red, green and blue: by most people, and by those who lack one of the three (Machado, 2009).
    const SIGHTS: [Matrix; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];
    const XYZ: Matrix = [
        [0.412_456, 0.357_576, 0.180_437],
        [0.212_673, 0.715_152, 0.072_175],
        [0.019_334, 0.119_192, 0.950_304],
    ];

    fn times(matrix: &Matrix, of: [f64; 3]) -> [f64; 3] {
        matrix.map(|row| row.iter().zip(of).map(|(one, other)| one * other).sum())
    }

    /// A colour as the eye compares it (CIE L*a*b*).
    fn seen(colour: RGBColor, sight: &Matrix) -> [f64; 3] {
        let linear = [colour.0, colour.1, colour.2].map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        let [x, y, z] = times(&XYZ, times(sight, linear).map(|part| part.clamp(0.0, 1.0)));
        let [x, y, z] = [x / 0.950_47, y, z / 1.088_83]
            .map(|part| if part > 0.008_856 { part.cbrt() } else { 7.787 * part + 16.0 / 116.0 });
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }

    fn apart(one: RGBColor, other: RGBColor, sight: &Matrix) -> f64 {
        let parts = seen(one, sight).into_iter().zip(seen(other, sight));
        parts.map(|(one, other)| (one - other).powi(2)).sum::<f64>().sqrt()
    }

    #[test]
    fn everybody_tells_the_colours_apart_faint_ones_too() {
        let all: Vec<RGBColor> = COLOURS.into_iter().chain([GREY, YELLOW]).collect();
        for (place, one) in all.iter().enumerate() {
            for (other, sight) in
                all.iter().take(place).flat_map(|it| SIGHTS.iter().map(move |sight| (it, sight)))
            {
                let distance = apart(*one, *other, sight);
                assert!(distance > 18.0, "{one:?} {other:?}: {distance}");
                let distance = apart(faint(*one), faint(*other), sight);
                assert!(distance > 10.0, "faint {one:?} {other:?}: {distance}");
            }
        }
    }
}
