"""What people write when they deploy from Python: upload_folder.py OWNER/NAME DIRECTORY"""

import sys

from huggingface_hub import HfApi

HfApi().upload_folder(repo_id=sys.argv[1], repo_type="space", folder_path=sys.argv[2])
