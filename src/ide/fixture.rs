//! Test texts.
