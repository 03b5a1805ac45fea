;;; azapi-ls.el --- azapi-ls in eglot  -*- lexical-binding: t -*-

;; Eglot has one server for a buffer, so azapi-ls runs in its standalone profile.

;;; Code:

(require 'eglot)

(defvar azapi-ls-program "azapi-ls"
  "The program to start; set it before this file is loaded.")

;; The package terraform-mode colours and indents; without it, files still need a mode for eglot to start in.
(unless (fboundp 'terraform-mode)
  (define-derived-mode terraform-mode prog-mode "Terraform"
    "Terraform and OpenTofu files, where the package terraform-mode is not installed."
    (modify-syntax-entry ?# "<")
    (modify-syntax-entry ?\n ">")
    (modify-syntax-entry ?_ "_")
    (setq-local comment-start "# "))
  (add-to-list 'auto-mode-alist '("\\.\\(tf\\|tofu\\)\\'" . terraform-mode)))

(add-to-list 'eglot-server-programs
             `(terraform-mode . (,azapi-ls-program "serve" :initializationOptions (:azapi (:profile "standalone")))))
(add-hook 'terraform-mode-hook #'eglot-ensure)

(provide 'azapi-ls)
;;; azapi-ls.el ends here
