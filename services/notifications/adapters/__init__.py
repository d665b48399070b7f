"""Letters in words, mails over SMTP, and the built-in mailbox."""
