//! The tasks of the experts that changed most.

use super::Online;

impl Online {
    /// Visits once each task of the experts that changed most an answer, but for the touched ones.
    pub(super) fn visit_neighbours(&mut self, row: &mut [f64], totals: &mut [f64]) {
        let work = &mut self.work;
        for (expert, (&moved, tasks)) in self.moved.iter().zip(&self.tasks_of).enumerate() {
            let change = moved / tasks.len().max(1) as f64;
            if change > 0.0 {
                work.ranked.push((change, expert as u32));
            }
        }
        work.ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        work.ranked.truncate(self.options.neighbours as usize);
        let most = self.options.neighbour_tasks as usize;
        for &(_, expert) in &work.ranked {
            for &task in &self.tasks_of[expert as usize] {
                if work.visit.len() == most {
                    break;
                }
                let mark = &mut work.mark[task as usize];
                if *mark == 0 {
                    *mark = u32::MAX;
                    work.visit.push(task);
                }
            }
        }
        for at in 0..self.work.visit.len() {
            let task = self.work.visit[at] as usize;
            self.work.mark[task] = 0;
            self.expect(task, row, totals);
            self.move_to(task, row);
        }
        for at in 0..self.work.ranked.len() {
            let expert = self.work.ranked[at].1 as usize;
            self.moved[expert] = 0.0;
        }
    }
}
