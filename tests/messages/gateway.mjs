// A gateway for text messages and a mail server to try out: both on this
// machine, both keep what came, both can be told to misbehave.
import http from 'node:http';
import { createRequire } from 'node:module';

const require = createRequire(
  new URL('../browser/package.json', import.meta.url));

export class Gateway {
  constructor(token) {
    this.token = token;
    this.messages = [];
    this.mood = 'well'; // well, down, full: 503, refuses: 400
  }
  start() {
    this.server = http.createServer((req, res) => {
      let body = '';
      req.on('data', chunk => { body += chunk; });
      req.on('end', () => {
        const known = req.headers.authorization === `Bearer ${this.token}`;
        const status = !known ? 401 : this.mood === 'full' ? 503
          : this.mood === 'refuses' ? 400 : 200;
        if (status === 200) this.messages.push(JSON.parse(body));
        res.writeHead(status, { 'content-type': 'application/json' });
        res.end('{}');
      });
    });
    return new Promise(done => this.server.listen(0, '127.0.0.1', () => {
      this.url = `http://127.0.0.1:${this.server.address().port}/sms`;
      done();
    }));
  }
  stop() {
    this.server.closeAllConnections();
    return new Promise(done => this.server.close(done));
  }
}

// The npm package smtp-server: a real server, as nodemailer's authors wrote it.
export class MailServer {
  constructor(user, password) {
    const { SMTPServer } = require('smtp-server');
    this.mails = [];
    this.mood = 'well';
    this.server = new SMTPServer({
      authMethods: ['PLAIN', 'LOGIN'], allowInsecureAuth: true,
      disabledCommands: ['STARTTLS'], logger: false,
      onAuth: (auth, session, done) =>
        auth.username === user && auth.password === password
          ? done(null, { user }) : done(new Error('wrong password')),
      onRcptTo: (address, session, done) => this.mood === 'refuses'
        ? done(Object.assign(new Error('greylisted'), { responseCode: 451 }))
        : done(),
      onData: (stream, session, done) => {
        let text = '';
        stream.on('data', chunk => { text += chunk; });
        stream.on('end', () => {
          this.mails.push({ from: session.envelope.mailFrom.address,
            to: session.envelope.rcptTo.map(r => r.address), text });
          done();
        });
      },
    });
  }
  start() {
    return new Promise(done => {
      const s = this.server.listen(0, '127.0.0.1', () => {
        this.url = `smtp://127.0.0.1:${s.address().port}`;
        done();
      });
    });
  }
  stop() {
    return new Promise(done => this.server.close(done));
  }
}
