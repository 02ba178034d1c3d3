//! Purchases without a number beside orders with one that they might be taken for: whoever wrote a file that lists both
//! knows them apart. That is news, although each of its rows may say what is known already.

use std::collections::BTreeMap;

use super::meant::{Joined, Listed};
use super::rows::line_total;
use super::{Becomes, Judging};
use crate::ledger::books::request::unnumbered;
use crate::ledger::model::books::Evidence;
use crate::ledger::model::books::orders::lay_orders;
use crate::ledger::model::books::purchase::digest;
use crate::ledger::model::books::same_purchase::{Side, agreeing};
use crate::ledger::model::fold::OrderState;
use crate::order::listed;
use crate::sheet::Row;

impl Judging<'_> {
    /// Notes which order a row means. `held`: what is said of it so far.
    pub(super) fn means(
        &mut self,
        place: usize,
        evidence: &Evidence,
        (order, held): (Joined, &[Evidence]),
    ) {
        let Row::Orders(row) = &evidence.row else { return };
        if !self.meant.is_wanted {
            return;
        }
        let lines = row.items.iter().map(|item| (item.product.as_deref(), item.quantity));
        let held = held.iter().filter(|held| matches!(held.row, Row::Orders(_)));
        self.meant.rows.push(Listed {
            place,
            file: evidence.file,
            order,
            is_lone: row.purchase.is_some(),
            words: digest(&listed(lines)),
            files: held.map(|held| (held.batch, held.file)).collect(),
        });
    }

    /// Rows of purchases that the sheet tells from orders with a number change something, whatever else they say.
    pub(super) fn tell_apart(&mut self) {
        let rows = std::mem::take(&mut self.meant).rows;
        let mut files: BTreeMap<(i64, &str), Vec<&Listed>> = BTreeMap::new();
        for row in &rows {
            files.entry((row.file, &row.words)).or_default().push(row);
        }
        for listed in files.into_values() {
            for (lone, numbered) in self.told_apart(&listed) {
                self.is_apart(lone.place, numbered.place);
            }
        }
    }

    /// Those of these rows that may be one purchase, as far as was known before.
    fn told_apart<'l>(&self, listed: &[&'l Listed]) -> Vec<(&'l Listed, &'l Listed)> {
        let (lone, numbered): (Vec<&Listed>, Vec<&Listed>) =
            listed.iter().copied().partition(|row| row.is_lone);
        if lone.is_empty() || numbered.is_empty() {
            return Vec::new();
        }
        let (lone_sides, numbered_sides) = (self.sides(&lone), self.sides(&numbered));
        let by_place: BTreeMap<i64, &Listed> =
            listed.iter().map(|row| (to_id(row.place), *row)).collect();
        let alike = agreeing(
            &lone_sides.iter().collect::<Vec<_>>(),
            &numbered_sides.iter().collect::<Vec<_>>(),
        );
        let alike = alike
            .into_iter()
            .filter_map(|(one, other)| Some((*by_place.get(&one.id)?, *by_place.get(&other.id)?)));
        let by_order: BTreeMap<i64, &Listed> =
            numbered.iter().map(|row| (row.order.0, *row)).collect();
        let joined = lone.iter().filter(|row| row.order.1.is_some());
        let joined = joined.filter_map(|row| Some((*row, *by_order.get(&row.order.0)?)));
        let is_news = |(one, other): &(&Listed, &Listed)| one.files.is_disjoint(&other.files);
        alike.chain(joined).filter(is_news).collect()
    }

    /// What each row by itself says; its id is its place.
    fn sides(&self, listed: &[&Listed]) -> Vec<Side> {
        let side = |row: &&Listed| {
            let mut side = Side { id: 0, state: OrderState::default(), rows: Vec::new() };
            if let Some((brought, said)) = self.brought(row.place) {
                side.id = to_id(row.place);
                side.rows.push(self.evidence(row.place, brought, said));
                lay_orders(&mut side.state, &side.rows);
            }
            side
        };
        listed.iter().map(side).collect()
    }

    fn is_apart(&mut self, place: usize, numbered: usize) {
        let Some((_, said)) = self.brought(place) else { return };
        let (product, total) = (unnumbered(&said.row), line_total(&said.row, None));
        let number = self.lines.get(numbered).and_then(|line| line.order_number.clone());
        let Some(line) = self.lines.get_mut(place) else { return };
        let number = number.unwrap_or_default();
        (line.order_number, line.product) = (None, product);
        line.reason = format!("an order of its own; the file lists {number} beside it").into();
        let was = std::mem::replace(&mut line.becomes, Becomes::Changed);
        if was == Becomes::Already {
            self.add(total);
        }
    }
}

fn to_id(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}
