//! In which order day, month and year stand in a text: what its dates say of it together.

use std::fmt;

use super::date::{DateOrder, Numbers, Written};
use super::text::Heading;

/// Why it is not known how the dates of a text are to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct DateDoubt {
    /// The line of the date, from 1.
    line: usize,
    /// As it stands there.
    date: String,
    why: Why,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Why {
    /// All dates are days in several orders, and this one is another day in each.
    Ambiguous(Vec<DateOrder>),
    /// It is no day in the order in which those above must be read.
    Contradicts,
    /// It is no day in the order that was asked for.
    NoDay(DateOrder),
}

impl fmt::Display for DateDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, date, why } = self;
        write!(f, "line {line}: the date {date} ")?;
        match why {
            Why::Ambiguous(orders) => {
                let orders: Vec<String> =
                    orders.iter().map(|order| format!("--dates {order}")).collect();
                let orders = orders.join(" or ");
                write!(
                    f,
                    "can be read in two ways, and so can all dates of the file: say which with \
                     {orders} (and with --time-zone by which clock, if it is not UTC)"
                )
            }
            Why::Contradicts => f.write_str(
                "cannot be read in the order of day and month of the dates above it: import the parts \
                 apart, each with --dates mdy, dmy or ymd",
            ),
            Why::NoDay(order) => write!(f, "is not a date when read with --dates {order}"),
        }
    }
}

/// What the dates so far leave possible.
#[derive(Debug)]
pub(in super::super) struct Evidence {
    asked: Option<DateOrder>,
    possible: Vec<DateOrder>,
    doubtful: Option<Heading>,
}

impl Evidence {
    /// Before the first date, with what a person said of their order.
    pub(in super::super) fn new(asked: Option<DateOrder>) -> Self {
        let possible = asked.map_or(DateOrder::ALL.to_vec(), |asked| vec![asked]);
        Self { asked, possible, doubtful: None }
    }

    /// Takes in the next date.
    pub(in super::super) fn add(&mut self, heading: Heading) -> Result<(), DateDoubt> {
        let Written::Numbers(numbers, _) = heading.written else { return Ok(()) };
        let orders = numbers.orders();
        self.possible.retain(|order| orders.contains(order));
        if self.possible.is_empty() {
            let why = self.asked.map_or(Why::Contradicts, Why::NoDay);
            return Err(DateDoubt { line: heading.line, date: heading.date, why });
        }
        if self.doubtful.is_none() && is_doubtful(&numbers, &self.possible) {
            self.doubtful = Some(heading);
        }
        Ok(())
    }

    /// The order, when all dates were taken in.
    pub(in super::super) fn order(self) -> Result<DateOrder, DateDoubt> {
        match (self.doubtful, self.possible.as_slice()) {
            (Some(heading), [_, _, ..]) => {
                let why = Why::Ambiguous(self.possible);
                Err(DateDoubt { line: heading.line, date: heading.date, why })
            }
            (_, possible) => Ok(possible.first().copied().unwrap_or(DateOrder::Mdy)),
        }
    }
}

/// Whether a date is another day in one of these orders than in another.
fn is_doubtful(numbers: &Numbers, orders: &[DateOrder]) -> bool {
    let mut days = orders.iter().map(|order| numbers.read(*order));
    let first = days.next();
    days.any(|day| Some(day) != first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(dates: &[&str], asked: Option<DateOrder>) -> Result<DateOrder, String> {
        let mut evidence = Evidence::new(asked);
        for (index, date) in dates.iter().enumerate() {
            let heading = Heading::read(&format!("[{date}] Refract"), index + 1).expect("a date");
            evidence.add(heading).map_err(|doubt| doubt.to_string())?;
        }
        evidence.order().map_err(|doubt| doubt.to_string())
    }

    #[test]
    fn one_date_tells_how_all_are_read() {
        use DateOrder::{Dmy, Mdy, Ymd};
        for (dates, expected) in [
            (["3/4/2026 1:00 PM", "3/15/2026 1:00 PM"], Mdy),
            (["3/4/2026 13:00", "15/4/2026 13:00"], Dmy),
            (["03.04.2026 13:00", "04.05.2026 13:00"], Dmy),
            (["2026-03-04 13:00", "2026-03-05 13:00"], Ymd),
            (["4/4/2026 13:00", "5/5/2026 13:00"], Mdy),
            (["04-Mar-26 01:00 PM", "05-Mar-26 01:00 PM"], Mdy),
        ] {
            assert_eq!(order(&dates, None), Ok(expected), "{dates:?}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_asked_for() {
        let dates = ["4/4/2026 13:00", "3/4/2026 13:00"];
        let doubt = order(&dates, None).expect_err("doubtful");
        for part in ["line 2", "3/4/2026 13:00", "--dates mdy or --dates dmy", "--time-zone"] {
            assert!(doubt.contains(part), "{part} in {doubt}");
        }
        assert_eq!(order(&dates, Some(DateOrder::Dmy)), Ok(DateOrder::Dmy));
        let doubt = order(&["3/15/2026 13:00"], Some(DateOrder::Dmy)).expect_err("no day");
        assert!(doubt.contains("is not a date when read with --dates dmy"), "{doubt}");
        let doubt = order(&["3/15/2026 13:00", "15/3/2026 13:00"], None).expect_err("both");
        assert!(doubt.contains("line 2") && doubt.contains("apart"), "{doubt}");
    }
}
