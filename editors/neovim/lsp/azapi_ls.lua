---@brief
---
--- `azapi-ls`, a language server for Terraform and OpenTofu files that use the azapi provider. It works alone and
--- beside `terraformls` or `tofu_ls`.
---
--- Neovim gives an empty `.tf` file the filetype `tf`, and older versions give `.tofu` files none:
--- ```lua
--- vim.filetype.add({ extension = { tf = 'terraform', tofu = 'opentofu' } })
--- ```

---@type vim.lsp.Config
return {
  cmd = { 'azapi-ls', 'serve' },
  filetypes = { 'terraform', 'opentofu' },
  root_markers = { '.terraform', '.terraform.lock.hcl', '.azapi-ls.toml', '.git' },
  settings = {
    azapi = {
      -- 'standalone' where no other Terraform server runs.
      profile = 'companion',
    },
  },
}
