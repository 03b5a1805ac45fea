//! azapi
