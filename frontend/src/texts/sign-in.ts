import './credentials';
import './register';
import { addTexts } from './index';
import en from './sign-in.en.json';
import es from './sign-in.es.json';

addTexts({ en, es });
