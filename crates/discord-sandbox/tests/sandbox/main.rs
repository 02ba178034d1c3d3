//! The sandbox is as strict as Discord, and the libraries of real bots live in it.

#[cfg(test)]
mod bot;
#[cfg(test)]
mod gateway;
#[cfg(test)]
mod interactions;
#[cfg(test)]
mod libraries;
#[cfg(test)]
mod looks;
#[cfg(test)]
mod raw;
#[cfg(test)]
mod rest;
#[cfg(test)]
mod rooms;
#[cfg(test)]
mod threads;
#[cfg(test)]
mod world;
