//! Linear and small integer programs in HiGHS, grown by columns and solved again from the last basis.
//!
//! The model is made by good_lp; what good_lp hides (columns added later, row duals, node limits, warm starts) is reached through the HiGHS
//! handle beneath it. All calls into C are in this file.

use good_lp::{ProblemVariables, solvers::highs::highs};
use highs_sys::{
    Highs_addCol, Highs_addRow, Highs_changeColBounds, Highs_changeColIntegrality,
    Highs_getDoubleInfoValue, Highs_getModelStatus, Highs_getObjectiveValue, Highs_getRunTime,
    Highs_getSolution, Highs_run, Highs_setSparseSolution, HighsInt,
};

/// HiGHS gave no answer: broken input or its own failure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the linear solver failed: {0}")]
pub struct LpFailed(pub &'static str);

impl LpFailed {
    /// The seconds or the steps of the simplex method allowed were not enough.
    pub const OUT_OF_TIME: LpFailed = LpFailed("out of time");
}

/// Most steps of the simplex method per row and column, and for the least of programs: many times what they take, so that only one that goes round in
/// circles is ended (seen with highs-sys 1.15: half an hour in phase 1 of a piece that takes a second).
const STEPS: (usize, usize) = (10, 10_000);

/// Ways to solve a linear program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Primal simplex: goes on from the last corner where columns were added.
    Primal,
    /// Dual simplex: goes on from the last corner where bounds were changed.
    Dual,
    /// Interior point: from scratch, prices in the middle of the optimal ones, no corner.
    Interior,
    /// Interior point, then on to a corner; the next time by primal simplex.
    Corner,
}

/// A program to minimise.
pub struct Program {
    model: ::highs::Model,
    columns: usize,
    rows: usize,
    integers: bool,
    corner: bool,
    /// Most seconds of a solve of the linear program.
    seconds: f64,
}

// SAFETY: a HiGHS instance belongs to whoever holds it and is told no thread; nothing else has a copy of its handle.
unsafe impl Send for Program {}

/// An optimum of a linear program, or the best point of an integer one.
#[derive(Debug, Clone)]
pub struct Optimum {
    pub objective: f64,
    pub columns: Vec<f64>,
    /// Change of the objective with the right-hand side (linear programs only).
    pub duals: Vec<f64>,
    /// Proven bound of an integer program; the objective of a linear one.
    pub bound: f64,
}

/// Limits of an integer program.
#[derive(Debug, Clone, Copy)]
pub struct MipLimits {
    pub nodes: i32,
    /// Seconds; infinite where answers must not depend on the clock.
    pub seconds: f64,
    /// Stop within this of the optimum.
    pub gap: f64,
}

impl Program {
    pub fn new() -> Result<Program, LpFailed> {
        let mut model = highs(ProblemVariables::new().minimise(0.0))
            .try_into_inner()
            .map_err(|_| LpFailed("no model"))?;
        model.make_quiet();
        model.set_option("threads", 1);
        model.set_option("parallel", "off");
        model.set_option("random_seed", 7);
        model.set_option("presolve", "off");
        model.set_option("solver", "simplex");
        // Columns are added to a point that stays feasible: the primal method goes on from it.
        model.set_option("simplex_strategy", 4);
        Ok(Program {
            model,
            columns: 0,
            rows: 0,
            integers: false,
            corner: false,
            seconds: f64::INFINITY,
        })
    }

    /// How the next solves go.
    pub fn method(&mut self, method: Method) {
        self.corner = method == Method::Corner;
        let interior = matches!(method, Method::Interior | Method::Corner);
        self.model
            .set_option("solver", if interior { "ipm" } else { "simplex" });
        self.model.set_option(
            "run_crossover",
            if method == Method::Interior {
                "off"
            } else {
                "on"
            },
        );
        self.model.set_option(
            "simplex_strategy",
            if method == Method::Dual { 1 } else { 4 },
        );
    }

    /// Most seconds of each solve of the linear program; infinite where answers must not depend on the clock.
    pub fn allow_seconds(&mut self, seconds: f64) {
        self.seconds = seconds.max(0.0);
    }

    pub fn add_row(&mut self, lower: f64, upper: f64) -> Result<i32, LpFailed> {
        // SAFETY: the handle is alive; no entries are passed, so no array is read.
        let status = unsafe {
            Highs_addRow(
                self.model.as_mut_ptr(),
                lower,
                upper,
                0,
                std::ptr::null(),
                std::ptr::null(),
            )
        };
        self.rows += 1;
        fine(status, "row").map(|()| self.rows as i32 - 1)
    }

    pub fn add_column(
        &mut self,
        cost: f64,
        upper: f64,
        rows: &[i32],
        values: &[f64],
    ) -> Result<usize, LpFailed> {
        debug_assert_eq!(rows.len(), values.len());
        // SAFETY: both arrays hold as many entries as the count says, and live through the call.
        let status = unsafe {
            Highs_addCol(
                self.model.as_mut_ptr(),
                cost,
                0.0,
                upper,
                rows.len() as HighsInt,
                rows.as_ptr(),
                values.as_ptr(),
            )
        };
        self.columns += 1;
        fine(status, "column").map(|()| self.columns - 1)
    }

    pub fn bound(&mut self, column: usize, lower: f64, upper: f64) -> Result<(), LpFailed> {
        // SAFETY: plain numbers; HiGHS checks the index.
        fine(
            unsafe {
                Highs_changeColBounds(self.model.as_mut_ptr(), column as HighsInt, lower, upper)
            },
            "bounds",
        )
    }

    pub fn make_integer(&mut self, column: usize) -> Result<(), LpFailed> {
        self.integers = true;
        // SAFETY: plain numbers; HiGHS checks the index.
        fine(
            unsafe { Highs_changeColIntegrality(self.model.as_mut_ptr(), column as HighsInt, 1) },
            "integer",
        )
    }

    /// Solves the linear program, from the last basis if there is one.
    pub fn solve(&mut self) -> Result<Optimum, LpFailed> {
        if self.seconds.is_finite() {
            // SAFETY: the handle is alive. HiGHS counts the seconds of all runs together.
            let spent = unsafe { Highs_getRunTime(self.model.as_ptr()) };
            self.model.set_option("time_limit", spent + self.seconds);
        }
        let steps = STEPS.0 * (self.rows + self.columns) + STEPS.1;
        let steps = i32::try_from(steps).unwrap_or(i32::MAX);
        self.model.set_option("simplex_iteration_limit", steps);
        // SAFETY: the handle is alive.
        fine(unsafe { Highs_run(self.model.as_mut_ptr()) }, "run")?;
        if self.corner {
            self.method(Method::Primal);
        }
        // SAFETY: as above.
        match unsafe { Highs_getModelStatus(self.model.as_ptr()) } {
            7 => Ok(self.read()),
            // Without crossover the interior-point method may end a little off: its prices serve all the same.
            15 if self.info(c"primal_solution_status", true) == 2.0 => Ok(self.read()),
            13 | 14 => Err(LpFailed::OUT_OF_TIME),
            _ => Err(LpFailed("not solved to optimality")),
        }
    }

    /// Solves the integer program, from the values of some columns (the rest is found for them); `None` if no point was found within the limits.
    pub fn solve_integer(
        &mut self,
        start: &[(usize, f64)],
        limits: MipLimits,
    ) -> Result<Option<Optimum>, LpFailed> {
        self.model.set_option("presolve", "on");
        self.model.set_option("solver", "choose");
        self.model.set_option("simplex_iteration_limit", i32::MAX);
        self.model.set_option("mip_max_nodes", limits.nodes);
        self.model.set_option("mip_rel_gap", 0.0);
        self.model.set_option("mip_abs_gap", limits.gap.max(1e-6));
        if limits.seconds.is_finite() {
            self.model.set_option("time_limit", limits.seconds.max(0.1));
        }
        if !start.is_empty() {
            let (columns, values): (Vec<HighsInt>, Vec<f64>) = start
                .iter()
                .map(|&(column, value)| (column as HighsInt, value))
                .unzip();
            // SAFETY: both arrays hold as many entries as the count says, and live through the call.
            unsafe {
                Highs_setSparseSolution(
                    self.model.as_mut_ptr(),
                    columns.len() as HighsInt,
                    columns.as_ptr(),
                    values.as_ptr(),
                )
            };
        }
        // SAFETY: the handle is alive.
        fine(unsafe { Highs_run(self.model.as_mut_ptr()) }, "run")?;
        let found = self.read();
        let whole = found.columns.len() == self.columns
            && found.objective.is_finite()
            && self.info(c"primal_solution_status", true) == 2.0;
        Ok(whole.then_some(found))
    }

    fn read(&self) -> Optimum {
        let (mut columns, mut reduced) = (vec![0.0; self.columns], vec![0.0; self.columns]);
        let (mut activity, mut duals) = (vec![0.0; self.rows], vec![0.0; self.rows]);
        // SAFETY: the four arrays are as long as the model's columns and rows, which only this type adds.
        unsafe {
            Highs_getSolution(
                self.model.as_ptr(),
                columns.as_mut_ptr(),
                reduced.as_mut_ptr(),
                activity.as_mut_ptr(),
                duals.as_mut_ptr(),
            )
        };
        // SAFETY: the handle is alive.
        let objective = unsafe { Highs_getObjectiveValue(self.model.as_ptr()) };
        let bound = if self.integers {
            self.info(c"mip_dual_bound", false)
        } else {
            objective
        };
        Optimum {
            objective,
            columns,
            duals,
            bound,
        }
    }

    fn info(&self, name: &std::ffi::CStr, whole: bool) -> f64 {
        if whole {
            let mut value: HighsInt = -1;
            // SAFETY: the name is a C string and the value lives through the call.
            unsafe {
                highs_sys::Highs_getIntInfoValue(self.model.as_ptr(), name.as_ptr(), &mut value)
            };
            f64::from(value)
        } else {
            let mut value = f64::NEG_INFINITY;
            // SAFETY: as above.
            unsafe { Highs_getDoubleInfoValue(self.model.as_ptr(), name.as_ptr(), &mut value) };
            value
        }
    }
}

fn fine(status: HighsInt, what: &'static str) -> Result<(), LpFailed> {
    if status < 0 {
        Err(LpFailed(what))
    } else {
        Ok(())
    }
}
