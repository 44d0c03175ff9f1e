-- Whoever filed for somebody follows it under 我的办件, too.
CREATE INDEX services_case_proxy ON services_case (proxy, id)
  WHERE proxy <> 0 AND kind <> 'part';
