# Turns the lines of `npm run knowledge -- --json` into annotations on GitHub:
# https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
def message: gsub("%"; "%25") | gsub("\r"; "%0D") | gsub("\n"; "%0A");
def property: message | gsub(":"; "%3A") | gsub(","; "%2C");

"::\(.severity) file=\(.file | property),line=\(.line // 1),col=\(.column // 1)::\("\(.what)\n→ \(.remedy)" | message)"
