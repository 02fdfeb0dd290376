-- Every public page leads to the public figures while they are shown.
create trigger public_figures_renew_portal after insert or update or delete on public_figures
  for each statement execute function renew_portal();
