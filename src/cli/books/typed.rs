//! What people type behind the options of `bulk`, where it is more than a word.

use refract_ledger::sheet::DateOrder;

/// A batch, and a line of it.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) batch: i64,
    pub(super) file: Option<String>,
    pub(super) line: Option<u64>,
}

pub(super) fn mapped(text: &str) -> Result<(String, String), String> {
    // A heading may hold an equals sign, a field does not.
    let parts =
        text.rsplit_once('=').filter(|(column, field)| !column.is_empty() && !field.is_empty());
    let (column, field) = parts.ok_or("write COLUMN=FIELD")?;
    Ok((column.to_owned(), field.trim().to_owned()))
}

pub(super) fn dates(text: &str) -> Result<DateOrder, String> {
    text.parse::<DateOrder>().map_err(|unknown| unknown.to_string())
}

pub(super) fn batch(text: &str) -> Result<i64, String> {
    let wrong = |_| "write the number of a batch, as `bulk list` shows it, like 3".to_owned();
    text.trim().parse().map_err(wrong)
}

pub(super) fn place(text: &str) -> Result<Place, String> {
    let (batch, rest) =
        text.split_once(':').map_or((text, None), |(batch, line)| (batch, Some(line)));
    // A file's name may hold a colon.
    let (file, line) = match rest.map(|rest| rest.rsplit_once(':').ok_or(rest)) {
        Some(Ok((file, line))) => (Some(file.to_owned()), Some(line)),
        Some(Err(line)) => (None, Some(line)),
        None => (None, None),
    };
    let wrong = || "write the number of a batch, like 3, or a line of it, like 3:17".to_owned();
    let batch = batch.trim().parse().map_err(|_| wrong())?;
    let line = line.map(|line| line.trim().parse().map_err(|_| wrong())).transpose()?;
    Ok(Place { batch, file, line })
}
