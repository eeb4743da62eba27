"""What the dashboard knows about the API, and which page it shows. Only `views` draws."""
