import { Mock } from './mock-server';

const port = Number(process.argv[2] ?? 8013);
const mock = new Mock('dev', process.argv[3] ?? '../build/web/dist');
void mock.listen(port).then((at) => console.log(`http://127.0.0.1:${at}/#token=dev`));
