# A server of HTTP as many programs are: threads, one a connection. Prints its port; answers with what it has kept.
import http.server
import json
import threading

kept = {}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def do_GET(self):
        kept[self.path] = {'path': self.path, 'count': kept.get(self.path, {}).get('count', 0) + 1}
        body = json.dumps(kept[self.path]).encode()
        self.send_response(200)
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
print(server.server_address[1], flush=True)
thread = threading.Thread(target=server.serve_forever, name='server')
thread.start()
thread.join()
