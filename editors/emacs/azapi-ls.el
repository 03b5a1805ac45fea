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

;;;###autoload
(defun azapi-ls-page ()
  "Show the page of the type of the azapi block at point in another window."
  (interactive)
  (let* ((place (eglot--TextDocumentPositionParams))
         (arguments (vector (plist-get (plist-get place :textDocument) :uri) (plist-get place :position)))
         (page (jsonrpc-request (eglot-current-server) :workspace/executeCommand
                                (list :command "azapi.page" :arguments arguments))))
    (unless page
      (user-error "There is no azapi block here whose type is known"))
    (with-current-buffer (get-buffer-create (format "*%s*" (plist-get page :title)))
      (let ((inhibit-read-only t))
        (erase-buffer)
        (insert (plist-get page :markdown))
        (goto-char (point-min)))
      (when (fboundp 'markdown-view-mode)
        (markdown-view-mode))
      (view-mode 1)
      (display-buffer (current-buffer)))))

(provide 'azapi-ls)
;;; azapi-ls.el ends here
