//! Bodies against their types: which members an object has, the whole body that a block sends, and the walk of it.

mod cases;
mod form;
mod reading;
mod root;
mod typed;
pub(crate) mod walk;

pub(crate) use cases::{TypeCase, cases_of_type};
pub(crate) use form::{Discriminator, Form, Variants, variants};
pub(crate) use reading::Purpose;
pub(crate) use root::{Root, RootSource, block_arguments, judged_root, roots, roots_of_many};
pub(crate) use typed::{Member, Members, TypedAs, TypedWhen, joined};
