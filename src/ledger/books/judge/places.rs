//! Which rows name the same number.

use super::candidates::TOGETHER;

/// A number and the rows that name it, by their places.
pub(super) type Places<'a> = (&'a str, Vec<usize>);

/// The rows of each number, so many numbers at a time: all of them at once would take as much memory as the rows.
pub(super) fn together<'a>(
    named: &mut [(&'a str, usize)],
) -> impl Iterator<Item = Vec<Places<'a>>> {
    named.sort_unstable();
    let places = |rows: &[(&'a str, usize)]| {
        let (number, _) = *rows.first()?;
        Some((number, rows.iter().map(|(_, place)| *place).collect()))
    };
    let mut each = named.chunk_by(|one, other| one.0 == other.0).filter_map(places);
    std::iter::from_fn(move || {
        let chunk: Vec<Places<'a>> = each.by_ref().take(TOGETHER).collect();
        Some(chunk).filter(|chunk| !chunk.is_empty())
    })
}
