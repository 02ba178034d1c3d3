//! The figures that have a goal, each printed beside it, and how many missed theirs.

/// Counts what was missed.
#[derive(Debug, Default)]
pub(crate) struct Goals {
    checked: u32,
    missed: u32,
}

impl Goals {
    /// Prints a figure that is to stay below its goal.
    pub(crate) fn below(&mut self, what: &str, figure: f64, goal: f64, unit: &str) {
        self.checked += 1;
        let missed = figure >= goal;
        self.missed += u32::from(missed);
        let verdict = if missed { "MISSED" } else { "reached" };
        println!("{what}: {figure:.2} {unit}, goal below {goal} {unit}: {verdict}");
    }

    /// The closing line.
    pub(crate) fn sum_up(&self) {
        println!("{} of {} goals missed", self.missed, self.checked);
    }
}
