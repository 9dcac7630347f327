"""The portal on one machine: engines for AWS, demo data, event pumps, a console. Never in the Lambda package."""
