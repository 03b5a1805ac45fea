//! Bodies against their types: which members an object has, the whole body that a block sends, and the walk of it.

mod form;
mod reading;
mod root;
#[cfg_attr(not(test), expect(dead_code, reason = "hover and completion still use the walk of expressions"))]
pub(crate) mod walk;

pub(crate) use form::{Discriminator, Form, Variants, variants};
pub(crate) use reading::Purpose;
#[cfg(test)]
pub(crate) use root::roots;
pub(crate) use root::{Root, RootSource, block_arguments, roots_of};
