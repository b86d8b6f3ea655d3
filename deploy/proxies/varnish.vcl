# Varnish in front of a gateway. The gateway: public-origin http://spl.kabupaten-contoh.go.id, trusted-proxies 127.0.0.1/32.
# Varnish appends the caller to X-Forwarded-For, and the gateway reads it from the right. Nothing is cached.
vcl 4.1;

backend gateway {
    .host = "127.0.0.1";
    .port = "8080";
    # Longer than the longest responseTimeoutMs of a service.
    .first_byte_timeout = 120s;
    .between_bytes_timeout = 120s;
}

sub vcl_recv {
    # The built-in rules would sort the query, turn HEAD into GET and answer ranges.
    return (pass);
}

sub vcl_backend_response {
    set beresp.uncacheable = true;
    return (deliver);
}
