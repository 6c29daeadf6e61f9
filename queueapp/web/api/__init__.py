"""What other systems may ask and do, as OpenAPI describes it."""
