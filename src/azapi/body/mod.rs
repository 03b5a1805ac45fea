//! Bodies against their types: which members an object has, the whole body that a block sends, and the walk of it.

mod form;
mod root;
mod walk;
#[cfg(test)]
mod tests;

pub(crate) use form::{Discriminator, Form, Variants, variants};
pub(crate) use root::{BodyArgument, Root, RootSource, root};
pub(crate) use walk::{Descend, Node, Reading, Visitor, walk};
