//! Clusters of the texts of one task.

mod complete;
mod components;
mod density;
mod leader;

pub(super) use complete::complete_link;
pub(super) use components::Components;
pub(super) use density::density;
pub(super) use leader::leaders;
