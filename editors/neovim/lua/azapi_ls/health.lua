--- `:checkhealth azapi_ls`
local M = {}

local health = vim.health
local name = require('azapi_ls').name

local function check_neovim()
  if vim.fn.has('nvim-0.11') == 1 then
    health.ok('Neovim ' .. tostring(vim.version()))
    return true
  end
  health.error('Neovim is older than 0.11 and has no `vim.lsp.config`', {
    'Update Neovim, or start the server by hand: see "Older Neovim" in the README.',
  })
  return false
end

---@param program string
local function check_program(program)
  if vim.fn.executable(program) == 0 then
    health.error(('`%s` is not a program that can be started'):format(program), {
      'Put `azapi-ls` on your PATH,',
      "or name it: vim.lsp.config('azapi_ls', { cmd = { '/path/to/azapi-ls', 'serve' } })",
    })
    return
  end
  local run = vim.system({ program, '--version' }, { text = true, timeout = 5000 }):wait()
  if run.code == 0 then
    health.ok(('`%s`: %s'):format(vim.fn.exepath(program), vim.trim(run.stdout)))
  else
    health.error(('`%s --version` fails: %s'):format(program, vim.trim(run.stderr or '')))
  end
end

local function check_filetype()
  local buffer = vim.api.nvim_create_buf(false, true)
  local found = vim.filetype.match({ buf = buffer, filename = 'empty.tf' })
  vim.api.nvim_buf_delete(buffer, { force = true })
  if found == 'terraform' then
    health.ok('an empty `.tf` file has the filetype `terraform`')
  else
    health.warn(('an empty `.tf` file has the filetype `%s`, so nothing attaches to it'):format(found), {
      "vim.filetype.add({ extension = { tf = 'terraform', tofu = 'opentofu' } })",
    })
  end
end

local function check_clients()
  local clients = vim.lsp.get_clients({ name = name })
  if #clients == 0 then
    health.info("no server runs; it starts with the first Terraform file, once `vim.lsp.enable('azapi_ls')` was called")
  end
  for _, client in ipairs(clients) do
    local info = client.server_info or {}
    local buffers = vim.tbl_count(client.attached_buffers)
    local where = client.root_dir or 'single files'
    health.ok(('%s %s serves %d buffer(s) of %s'):format(info.name or name, info.version or '', buffers, where))
  end
end

function M.check()
  health.start('azapi-ls')
  if not check_neovim() then
    return
  end
  local config = vim.lsp.config[name]
  if not config then
    health.error('there is no configuration `azapi_ls`', {
      'Copy `lsp/azapi_ls.lua` into a folder `lsp` of your configuration, or put `editors/neovim` on the runtimepath.',
    })
    return
  end
  if type(config.cmd) == 'table' then
    check_program(config.cmd[1])
  end
  check_filetype()
  check_clients()
end

return M
