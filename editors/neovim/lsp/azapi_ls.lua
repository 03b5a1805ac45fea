---@brief
---
--- `azapi-ls`, a language server for Terraform and OpenTofu files that use the azapi provider. It works alone and
--- beside `terraformls` or `tofu_ls`.
---
--- Neovim gives an empty `.tf` file the filetype `tf`, and older versions give `.tofu` files none:
--- ```lua
--- vim.filetype.add({ extension = { tf = 'terraform', tofu = 'opentofu' } })
--- ```

--- Neovim 0.11 asks for diagnostics when a buffer changes, and not when the server says that they may have changed, as
--- after a change of settings or of another file.
---@type lsp.Handler
local function ask_again(_, _, ctx)
  local client = vim.lsp.get_client_by_id(ctx.client_id)
  for buffer in pairs(client and client.attached_buffers or {}) do
    client:request('textDocument/diagnostic', { textDocument = vim.lsp.util.make_text_document_params(buffer) }, nil, buffer)
  end
  return vim.NIL
end

---@type vim.lsp.Config
return {
  -- What the server offers depends on the profile, which it must know when it starts.
  before_init = function(params, config)
    params.initializationOptions = vim.tbl_deep_extend('force', config.init_options or {}, config.settings)
  end,
  cmd = { 'azapi-ls', 'serve' },
  filetypes = { 'terraform', 'opentofu' },
  root_markers = { '.terraform', '.terraform.lock.hcl', '.azapi-ls.toml', '.git' },
  capabilities = {
    -- What terraform-ls speaks: servers of one buffer that count positions differently confuse Neovim.
    general = { positionEncodings = { 'utf-16' } },
    workspace = { diagnostics = { refreshSupport = true } },
    experimental = { commands = { commands = { 'editor.action.triggerSuggest' } } },
  },
  -- Behind a type that was taken, its versions are asked for.
  commands = {
    ['editor.action.triggerSuggest'] = function()
      if vim.lsp.completion and vim.lsp.completion.get then
        vim.schedule(vim.lsp.completion.get)
      end
    end,
  },
  handlers = { ['workspace/diagnostic/refresh'] = ask_again },
  settings = {
    azapi = {
      -- 'standalone' where no other Terraform server runs.
      profile = 'companion',
    },
  },
}
