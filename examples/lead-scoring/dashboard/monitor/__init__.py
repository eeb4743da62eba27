"""What the dashboard knows of the API, and which page follows from it. Only `views` draws."""
