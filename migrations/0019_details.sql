-- The texts of an order stand in its kept row by their names, so that a new one needs no other layout.
UPDATE amended_orders SET said_row = json_array(
    json_array(
        r -> 0, r -> 1, r -> 2, r -> 3, r -> 4, r -> 5, r -> 6, r -> 7, r -> 8, r -> 9, r -> 16,
        json_object(
            'email', r -> 10, 'customer_name', r -> 11, 'profile', r -> 12, 'proxy_list', r -> 13,
            'reference_number', r -> 14, 'tracking_number', r -> 15, 'payment_method', r -> 18,
            'shipping_address', r -> 19, 'shipping_method', r -> 20, 'notes', r -> 21,
            'product_url', r -> 22, 'order_url', r -> 23, 'image_url', r -> 24
        ),
        r -> 17, r -> 25, r -> 26, r -> 27, r -> 28, r -> 29, r -> 30, r -> 31, r -> 32, r -> 33,
        r -> 34, r -> 35, r -> 36, r -> 37, r -> 38, r -> 39, r -> 40, r -> 41, r -> 42, r -> 43
    ),
    json(kept.lines)
)
FROM (
    SELECT order_id AS id, said_row -> 0 AS r, said_row -> 1 AS lines
    FROM amended_orders WHERE said_row IS NOT NULL
) AS kept
WHERE order_id = kept.id;
