#!/usr/bin/env python3
"""apiserver.py DOCUMENTS.json: serves Kubernetes objects read-only on a free port of 127.0.0.1, which it prints.

It ends when its standard input does."""
import json, os, re, sys, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlparse, parse_qs

data = json.load(open(sys.argv[1]))
resources, objects = data['resources'], data['objects']


def group_version(r):
    return (r['group'] + '/' if r['group'] else '') + r['version']


def listing(items, kind, version):
    return {'kind': kind + 'List', 'apiVersion': version, 'metadata': {'resourceVersion': '1'}, 'items': items}


def labels_match(selector, o):
    labels = o['metadata'].get('labels', {})
    return all(labels.get(p.split('=')[0]) == p.split('=')[-1] for p in selector.split(',') if p)


def field(o, path):
    for p in path.split('.'):
        o = o.get(p, {}) if isinstance(o, dict) else {}
    return o


def answer(path, query):
    if path == '/version':
        return {'major': '1', 'minor': '33', 'gitVersion': 'v1.33.2'}
    if path == '/api':
        return {'kind': 'APIVersions', 'versions': ['v1'], 'serverAddressByClientCIDRs': []}
    if path == '/apis':
        groups = {}
        for r in resources:
            if r['group']:
                v = {'groupVersion': group_version(r), 'version': r['version']}
                g = groups.setdefault(r['group'], {'name': r['group'], 'versions': [], 'preferredVersion': v})
                if v not in g['versions']:
                    g['versions'].append(v)
        return {'kind': 'APIGroupList', 'apiVersion': 'v1', 'groups': list(groups.values())}
    m = re.fullmatch(r'/(?:api/(v1)|apis/([^/]+/[^/]+))(?:/(.*))?', path)
    if not m:
        return None
    version, rest = m.group(1) or m.group(2), (m.group(3) or '').strip('/')
    here = [r for r in resources if group_version(r) == version]
    if not rest:
        return {'kind': 'APIResourceList', 'apiVersion': 'v1', 'groupVersion': version, 'resources': [
            {'name': r['plural'], 'singularName': r['singular'], 'namespaced': r['namespaced'], 'kind': r['kind'],
             'verbs': ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete'], 'shortNames': r['shortNames'],
             'categories': r['categories']} for r in here]}
    parts, namespace = rest.split('/'), None
    if parts[0] == 'namespaces' and len(parts) > 2:
        namespace, parts = parts[1], parts[2:]
    if parts[0] == 'events':
        return listing([], 'Event', version)
    r = next((r for r in here if r['plural'] == parts[0]), None)
    if r is None:
        return None
    items = [o for o in objects if o['kind'] == r['kind'] and (namespace is None or o['metadata'].get('namespace') == namespace)]
    if len(parts) > 1:
        qualified = r['plural'] + ('.' + r['group'] if r['group'] else '')
        missing = {'kind': 'Status', 'apiVersion': 'v1', 'status': 'Failure', 'reason': 'NotFound', 'code': 404,
                   'message': f'{qualified} "{parts[1]}" not found', 'details': {'name': parts[1], 'kind': r['plural'], 'group': r['group']}}
        return next((o for o in items if o['metadata']['name'] == parts[1]), missing)
    items = [o for o in items if labels_match(query.get('labelSelector', [''])[0], o)]
    for part in query.get('fieldSelector', [''])[0].split(','):
        if '!=' in part:
            k, v = part.split('!=')
            items = [o for o in items if field(o, k) != v]
        elif '=' in part:
            k, v = part.split('=')
            items = [o for o in items if field(o, k) == v]
    return listing(items, r['kind'], version)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        url = urlparse(self.path)
        body = answer(url.path, parse_qs(url.query))
        code = 200
        if body is None:
            code = 404
            name = url.path.rsplit('/', 1)[-1]
            body = {'kind': 'Status', 'apiVersion': 'v1', 'status': 'Failure', 'reason': 'NotFound', 'code': 404,
                    'message': 'the server could not find the requested resource'}
        code = body.get('code', code)
        raw = json.dumps(body).encode()
        self.send_response(code)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    def log_message(self, *a):
        pass


def end_with_input():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_input, daemon=True).start()
server = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
