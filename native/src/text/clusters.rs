//! Clusters of the texts of one task.

mod complete;
mod components;
mod density;

pub(super) use complete::complete_link;
pub(super) use components::Components;
pub(super) use density::density;
