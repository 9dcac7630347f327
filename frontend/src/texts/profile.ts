import { addTexts } from './index';
import en from './profile.en.json';
import es from './profile.es.json';

addTexts({ en, es });
