//! A team of threads that lives as long as one fit and shares out the pieces of one step after another.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use crate::panics;

/// How often an idle thread looks again before it sleeps: some microseconds, about the time between two steps.
const SPINS: usize = 2000;

/// The caller's thread and its helpers.
pub(crate) struct Team<'a> {
    helpers: usize,
    desk: &'a Desk,
}

/// Where the caller leaves a job for the helpers.
struct Desk {
    state: Mutex<State>,
    job_posted: Condvar,
    job_done: Condvar,
    /// The number of the latest job, to be watched without the lock.
    latest: AtomicUsize,
    /// Helpers that have not finished the latest job.
    busy: AtomicUsize,
}

struct State {
    number: usize,
    job: Option<Job>,
    over: bool,
    panic: Option<Box<dyn Any + Send>>,
}

/// A borrowed closure. `Team::run` does not return before every helper is done with it.
#[derive(Clone, Copy)]
struct Job(*const (dyn Fn() + Sync));

// SAFETY: the closure is `Sync`, and outlives its use as said above.
unsafe impl Send for Job {}

/// The first of several items that threads take one by one, each item once.
struct Items<T>(*mut T);

// SAFETY: each item goes to one thread only, and may go there.
unsafe impl<T: Send> Sync for Items<T> {}

impl<T> Items<T> {
    /// The item at `i`.
    ///
    /// # Safety
    ///
    /// `i` is an item, and is asked for once.
    #[expect(clippy::mut_from_ref, reason = "each item is handed out once")]
    unsafe fn take(&self, i: usize) -> &mut T {
        // SAFETY: passed on to the caller.
        unsafe { &mut *self.0.add(i) }
    }
}

impl Team<'_> {
    /// Runs `body` with a team of at most `threads` threads (0: one on every processor), the caller's among them, and at
    /// most one for each of `pieces`. Where threads cannot be had it does with fewer.
    pub(crate) fn with<R>(threads: usize, pieces: usize, body: impl FnOnce(&Team<'_>) -> R) -> R {
        let processors = || thread::available_parallelism().map_or(1, usize::from);
        let wanted = if threads == 0 { processors() } else { threads };
        let wanted = wanted.min(pieces).max(1) - 1;
        let desk = Desk {
            state: Mutex::new(State { number: 0, job: None, over: false, panic: None }),
            job_posted: Condvar::new(),
            job_done: Condvar::new(),
            latest: AtomicUsize::new(0),
            busy: AtomicUsize::new(0),
        };
        let quiet = panics::caught_here();
        thread::scope(|scope| {
            // The helpers go home when this is dropped, also by a panic of the body.
            let _closing = Closing(&desk);
            let mut helpers = 0;
            while helpers < wanted {
                let builder = thread::Builder::new().name("coterie-fit".to_owned());
                if builder.spawn_scoped(scope, || desk.help(quiet)).is_err() {
                    break;
                }
                helpers += 1;
            }
            body(&Team { helpers, desk: &desk })
        })
    }

    /// How many threads it has.
    pub(crate) fn threads(&self) -> usize {
        self.helpers + 1
    }

    /// Applies `work` to every item, each on some thread of the team.
    pub(crate) fn each<T: Send>(&self, items: &mut [T], work: impl Fn(&mut T) + Sync) {
        if self.helpers == 0 || items.len() < 2 {
            items.iter_mut().for_each(work);
            return;
        }
        let (next, count) = (AtomicUsize::new(0), items.len());
        let items = Items(items.as_mut_ptr());
        let items = &items;
        self.run(&|| {
            loop {
                let i = next.fetch_add(1, Ordering::Relaxed);
                if i >= count {
                    break;
                }
                // SAFETY: the counter gives each item out once.
                work(unsafe { items.take(i) });
            }
        });
    }

    /// Runs a job on every thread of the team.
    fn run(&self, job: &(dyn Fn() + Sync)) {
        let desk = self.desk;
        desk.busy.store(self.helpers, Ordering::Relaxed);
        {
            let mut state = desk.state();
            // SAFETY: only the lifetime is erased, and the helpers are waited for below.
            let job = unsafe { std::mem::transmute::<&(dyn Fn() + Sync), &'static (dyn Fn() + Sync)>(job) };
            state.job = Some(Job(job));
            state.number += 1;
            desk.latest.store(state.number, Ordering::Release);
        }
        desk.job_posted.notify_all();
        let own = catch_unwind(AssertUnwindSafe(job));
        let mut spins = 0;
        while desk.busy.load(Ordering::Acquire) > 0 && spins < SPINS {
            std::hint::spin_loop();
            spins += 1;
        }
        let mut state = desk.state();
        while desk.busy.load(Ordering::Acquire) > 0 {
            state = desk.job_done.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.job = None;
        let panic = own.err().or(state.panic.take());
        drop(state);
        if let Some(panic) = panic {
            resume_unwind(panic);
        }
    }
}

impl Desk {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The life of a helper.
    fn help(&self, quiet: bool) {
        let mut done = 0;
        while let Some((number, job)) = self.next(done) {
            done = number;
            // SAFETY: the job is alive until `busy` is 0.
            let work = || unsafe { (*job.0)() };
            let result = if quiet {
                panics::catch(work).map_err(|panic| Box::new(panic) as Box<dyn Any + Send>)
            } else {
                catch_unwind(AssertUnwindSafe(work))
            };
            if let Err(panic) = result {
                self.state().panic.get_or_insert(panic);
            }
            if self.busy.fetch_sub(1, Ordering::AcqRel) == 1 {
                // Under the lock, so that the caller is not between its look at `busy` and its wait.
                let _state = self.state();
                self.job_done.notify_one();
            }
        }
    }

    /// Waits for a job after number `done`; none when the team's work is over.
    fn next(&self, done: usize) -> Option<(usize, Job)> {
        let mut spins = 0;
        while self.latest.load(Ordering::Acquire) == done && spins < SPINS {
            std::hint::spin_loop();
            spins += 1;
        }
        let mut state = self.state();
        loop {
            if state.over {
                return None;
            }
            if let Some(job) = state.job.filter(|_| state.number != done) {
                return Some((state.number, job));
            }
            state = self.job_posted.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

struct Closing<'a>(&'a Desk);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.state().over = true;
        self.0.latest.store(usize::MAX, Ordering::Release);
        self.0.job_posted.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_worked_on_once_whatever_the_number_of_threads() {
        for threads in 0..5 {
            Team::with(threads, 9, |team| {
                let mut items: Vec<usize> = (0..100).collect();
                for step in 1..200 {
                    team.each(&mut items, |item| *item += 1);
                    assert!(items.iter().enumerate().all(|(i, &item)| item == i + step));
                }
            });
        }
    }

    #[test]
    fn a_panic_of_any_thread_reaches_the_caller_and_the_team_survives() {
        let caught = panics::catch(|| {
            Team::with(3, 3, |team| {
                for bad in 0..20 {
                    let mut items: Vec<usize> = (0..20).collect();
                    let broken = panics::catch(|| team.each(&mut items, |item| assert_ne!(*item, bad, "item")));
                    assert!(broken.unwrap_err().0.contains("item"));
                }
                team.each(&mut [1, 2, 3], |_| {});
                panic!("at the end");
            });
        });
        assert!(caught.unwrap_err().0.contains("at the end"));
    }
}
